package dev.kloset.hadoop;

import dev.kloset.ConnectorConfig;
import dev.kloset.FileRecord;
import dev.kloset.Location;
import dev.kloset.hadoop.connect.Cluster;
import dev.kloset.hadoop.connect.ConnectionSettings;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.layout.PointFile;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedAction;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree, backs it up and restores it, all with a keytab. Says whether the trees are the same, whether a snapshot was read, and
 * whether the ticket of the beginning has ended meanwhile.
 *
 * <p>Arguments: settings of a directory that does not exist, and how many seconds the backup is to take.
 */
final class KerberosTreeMain {

    private static final int FILES = 20;

    private final Map<String, String> settings;
    private final Instant end;

    private KerberosTreeMain(Map<String, String> settings, Instant end) {
        this.settings = settings;
        this.end = end;
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> settings = JavaMain.settings(args);
        Instant end = Instant.now().plusSeconds(Long.parseLong(args[settings.size()]));
        try (Cluster cluster = Cluster.of(Location.parse(settings.getOrDefault("location", "")),
                connection(settings))) {
            DistributedFileSystem files = (DistributedFileSystem) cluster.fileSystem();
            new KerberosTreeMain(settings, end).run(files, cluster.path());
        } catch (IOException e) {
            JavaMain.say("failed: " + Sentence.of(e));
        }
    }

    private static ConnectionSettings connection(Map<String, String> settings) {
        return new ConnectionSettings(Optional.empty(),
                Arrays.asList(settings.getOrDefault("settings", "").split(", ")),
                Optional.empty(), Optional.ofNullable(settings.get("principal")),
                path(settings.get("keytab")),
                path(settings.get("krb5_conf")), Optional.empty(), Optional.empty());
    }

    private static Optional<java.nio.file.Path> path(@Nullable String name) {
        return Optional.ofNullable(name).map(java.nio.file.Path::of);
    }

    private void run(DistributedFileSystem files, String top) throws Exception {
        for (int i = 0; i < FILES; i++) {
            try (OutputStream out = files.create(new Path(top + "/d" + i % 3 + "/f" + i), true)) {
                out.write(("content " + i).repeat(1000).getBytes(StandardCharsets.UTF_8));
            }
        }
        files.setXAttr(new Path(top + "/d0/f0"), "user.colour", new byte[]{ 1, 2 });
        files.allowSnapshot(new Path(top));
        Instant ticket = ticketEnd();
        Taken taken = slowly();
        Map<String, String> target = new TreeMap<>(settings);
        target.remove("consistency");
        target.put("owner", "skip"); // who makes all files here, and is no superuser
        target.computeIfPresent("location", (_, location) -> location + "-restored");
        Restored.of(taken, top).into(target);
        TreeView view = new TreeView(files);
        JavaMain.say((view.of(new Path(top), true).equals(view.of(new Path(top + "-restored"), true))
                ? "same"
                : "other") + " tree, " + taken.errors()
                + (PointFile.read(taken.bytes(Layout.POINT)).snapshot().isEmpty() ? " live" : " of a snapshot")
                + (ticket.isBefore(Instant.now()) ? ", outlived a ticket" : ", with one ticket")
                + (ticketEnd().isAfter(Instant.now()) ? ", has another" : ", has none now"));
    }

    /** Read a file now and then, until the time is over. */
    private Taken slowly() throws Exception {
        Duration pause = Duration.between(Instant.now(), end).dividedBy(FILES);
        return Taken.of(settings, record -> {
            if (record instanceof FileRecord file && file.info().mode().isRegular()) {
                pass(pause);
            }
        });
    }

    private synchronized void pass(Duration pause) {
        for (Instant due = Instant.now().plus(pause); Instant.now().isBefore(due);) {
            LockSupport.parkNanos(Duration.between(Instant.now(), due).toNanos());
        }
    }

    private static Instant ticketEnd() throws IOException {
        PrivilegedAction<Subject> current = Subject::current;
        return UserGroupInformation.getLoginUser()
                .doAs(current)
                .getPrivateCredentials(KerberosTicket.class)
                .stream()
                .filter(ticket -> ticket.getServer().getName().startsWith("krbtgt/"))
                .map(ticket -> ticket.getEndTime().toInstant())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
