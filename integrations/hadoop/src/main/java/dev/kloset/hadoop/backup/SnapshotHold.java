package dev.kloset.hadoop.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.mount.RealPath;
import dev.kloset.resilience.SourceHold;
import dev.kloset.support.Sentence;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Snapshots of some directories, all under one name. HDFS never ends a snapshot by itself, so an attribute of each directory says
 * until when it is needed: any backup from anywhere deletes those whose time is over.
 */
final class SnapshotHold implements SourceHold {

    private static final System.Logger LOG = System.getLogger(SnapshotHold.class.getName());
    /** What a warning says behind the reason why there is no snapshot. */
    static final String SO_LIVE = ". So files are read as they are: consistency=live says that you want this,"
            + " consistency=require-snapshot that you do not";

    private static final String UNTIL = "user.kloset.";

    private final String cluster;
    private final List<RealPath> directories;
    private final boolean required;
    private volatile List<RealPath> held = List.of();

    /**
     * Hold nothing yet.
     *
     * @param required whether it is a failure if a snapshot must not be made
     */
    SnapshotHold(String cluster, List<RealPath> directories, boolean required) {
        this.cluster = cluster;
        this.directories = List.copyOf(directories);
        this.required = required;
    }

    /** {@return whether an attribute is one of ours, which says until when a snapshot is needed} */
    static boolean isMark(String attribute) {
        return attribute.startsWith(UNTIL) && SourceHold.isName(attribute.substring(UNTIL.length()));
    }

    /**
     * {@return what to read}
     *
     * @param existing whether others have made the snapshot, of all directories
     */
    Moment moment(String name, boolean existing) {
        List<RealPath> snapshots = existing ? directories : held;
        return snapshots.isEmpty() ? Moment.LIVE : new Moment(name, snapshots);
    }

    @Override
    public void acquire(String name, Instant until) throws IOException, InterruptedException {
        List<RealPath> made = new ArrayList<>();
        for (RealPath directory : directories) {
            if (make(directory, name, until)) {
                made.add(directory);
            }
        }
        held = List.copyOf(made);
    }

    private boolean make(RealPath directory, String name, Instant until) throws IOException, InterruptedException {
        try {
            markIfPossible(directory, name, until);
            Calls.get(() -> directory.fileSystem().createSnapshot(directory.path(), name));
            return true;
        } catch (AccessControlException | RemoteException e) {
            IOException failure = new IOException("cannot make a snapshot of " + words(directory), e);
            if (required || !isRefusal(e)) {
                throw failure;
            }
            LOG.log(Level.WARNING, Sentence.of(failure) + SO_LIVE);
            return false;
        }
    }

    /** {@return whether it will not be possible later either} */
    private static boolean isRefusal(IOException e) {
        return !(e instanceof RemoteException remote) || remote.getClassName().endsWith(".SnapshotException");
    }

    /** Before the snapshot is made, so that one of a killed process has its mark. */
    private void markIfPossible(RealPath directory, String name, Instant until)
            throws IOException, InterruptedException {
        try {
            mark(directory, name, until);
        } catch (AccessControlException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(Level.WARNING, words(directory) + " takes no attribute that says until when a snapshot is needed: "
                    + Sentence.of(e) + ". If this backup is killed, the next one from this machine deletes " + name);
        }
    }

    private static void mark(RealPath directory, String name, Instant until) throws IOException, InterruptedException {
        Calls.get(() -> {
            directory.fileSystem().setXAttr(directory.path(), UNTIL + name, until.toString().getBytes(UTF_8));
            return true;
        });
    }

    @Override
    public void extend(String name, Instant until) throws IOException, InterruptedException {
        for (RealPath directory : held) {
            require(directory, name);
            if (marks(directory).containsKey(UNTIL + name)) {
                mark(directory, name, until);
            }
        }
    }

    @Override
    public void release(String name) throws IOException, InterruptedException {
        for (RealPath directory : directories) {
            if (exists(directory, name)) {
                Calls.get(() -> {
                    directory.fileSystem().deleteSnapshot(directory.path(), name);
                    return true;
                });
            }
            if (marks(directory).containsKey(UNTIL + name)) {
                Calls.get(() -> {
                    directory.fileSystem().removeXAttr(directory.path(), UNTIL + name);
                    return true;
                });
            }
        }
    }

    private static boolean exists(RealPath directory, String name) throws IOException, InterruptedException {
        RealPath snapshot = Moment.at(directory, name, directory);
        try {
            Calls.get(() -> snapshot.fileSystem().getFileStatus(snapshot.path()));
            return true;
        } catch (FileNotFoundException e) {
            return false;
        }
    }

    /** {@return the attributes of a directory; none if it has none, or this user may not see them} */
    private static Map<String, byte[]> marks(RealPath directory) throws IOException, InterruptedException {
        try {
            return Calls.get(() -> directory.fileSystem().getXAttrs(directory.path()));
        } catch (AccessControlException | UnsupportedOperationException e) {
            return Map.of();
        }
    }

    @Override
    public void sweep(Instant before) throws IOException, InterruptedException {
        for (RealPath directory : directories) {
            for (Map.Entry<String, byte[]> mark : marks(directory).entrySet()) {
                if (isMark(mark.getKey()) && isBefore(mark.getValue(), before)) {
                    release(mark.getKey().substring(UNTIL.length()));
                }
            }
        }
    }

    private static boolean isBefore(byte[] until, Instant before) {
        try {
            return Instant.parse(new String(until, UTF_8)).isBefore(before);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    @Override
    public void check(String name) throws IOException, InterruptedException {
        for (RealPath directory : directories) {
            require(directory, name);
        }
    }

    private void require(RealPath directory, String name) throws IOException, InterruptedException {
        if (!exists(directory, name)) {
            throw new FileNotFoundException(words(directory) + " has no snapshot " + name);
        }
    }

    private String words(RealPath directory) {
        return directory.pathname() + " on " + cluster;
    }
}
