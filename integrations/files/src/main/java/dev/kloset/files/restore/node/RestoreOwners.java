package dev.kloset.files.restore.node;

import dev.kloset.FileInfo;
import dev.kloset.files.posix.Errno;
import dev.kloset.files.posix.OwnerNumbers;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives restored files to their owners. Only root may do so, and not on every file system. Files that cannot be given away stay
 * with the user of this restore; that is not a failure of the files, and is reported once. Safe for any number of threads.
 */
public final class RestoreOwners {

    private static final long NO_ID = 0xFFFF_FFFFL;

    private final OwnerNumbers numbers;
    private final boolean required;
    private final AtomicLong kept = new AtomicLong();

    /**
     * @param numbers finds the numbers that owners have on this machine
     * @param required whether it is an error if a file cannot be given to its owner
     */
    public RestoreOwners(OwnerNumbers numbers, boolean required) {
        this.numbers = numbers;
        this.required = required;
    }

    /** {@return {@code source} with the owner's numbers on this machine} */
    FileInfo here(FileInfo source) {
        long uid = numbers.user(source.username(), source.uid());
        long gid = numbers.group(source.groupname(), source.gid());
        return uid == source.uid() && gid == source.gid() ? source : source.toBuilder().uid(uid).gid(gid).build();
    }

    /** {@return whether {@code now} has another owner or group than {@code info}} */
    static boolean isForeign(Map<String, Object> now, FileInfo info) throws IOException {
        return RestoreMetadata.unsigned(now, "uid") != info.uid() || RestoreMetadata.unsigned(now, "gid") != info.gid();
    }

    /**
     * Give {@code file} to the owner in {@code info}.
     *
     * @return whether the attempt succeeded, or failed with an entry in {@code problems}; false if the file may stay with this
     *     user
     */
    boolean give(RestoreNode file, Map<String, Object> now, FileInfo info, List<String> problems) throws IOException {
        boolean given = give(file, "owner", RestoreMetadata.unsigned(now, "uid"), info.uid(), problems);
        given &= give(file, "group", RestoreMetadata.unsigned(now, "gid"), info.gid(), problems);
        if (!given) {
            kept.incrementAndGet();
        }
        return given;
    }

    private boolean give(RestoreNode file, String what, long now, long wanted, List<String> problems) {
        if (now == wanted) {
            return true;
        }
        try {
            requirePossible(wanted);
            file.set(what.equals("owner") ? "unix:uid" : "unix:gid", (int) wanted);
        } catch (IOException e) {
            if (!required && isRefused(RestoreReason.of(e))) {
                return false;
            }
            problems.add(problem(what, wanted, e));
        }
        return true;
    }

    /**
     * {@return whether the system refused the change} An ordinary user may not make it; in a user namespace some numbers do not
     * exist.
     */
    private static boolean isRefused(String reason) {
        return Errno.isReason(Errno.EPERM, reason) || Errno.isReason(Errno.EINVAL, reason);
    }

    private static void requirePossible(long id) throws IOException {
        if (id < 0 || id >= NO_ID) {
            throw new IOException("there is no such number");
        }
    }

    private static String problem(String what, long id, IOException reason) {
        return "its " + what + " " + id + " could not be set: " + RestoreReason.of(reason);
    }

    /** Add the parts of the owner in {@code info} that are impossible anywhere. */
    void addImpossible(FileInfo info, List<String> problems) {
        addImpossible("owner", info.uid(), problems);
        addImpossible("group", info.gid(), problems);
    }

    private static void addImpossible(String what, long id, List<String> problems) {
        try {
            requirePossible(id);
        } catch (IOException e) {
            problems.add(problem(what, id, e));
        }
    }

    /** Report at the end how many files could not be given away. */
    void sumUp() {
        long count = kept.get();
        if (count > 0) {
            System.getLogger(RestoreOwners.class.getName())
                    .log(Level.WARNING,
                            "{0} files could not be given to their owners: they belong to the user of this restore, "
                                    + "without setuid and setgid, because only root may give files away, and not on every file system",
                            Long.toString(count));
        }
    }
}
