package dev.kloset.cli.copy;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The user who gets the copies when the copy cannot keep owners: only root can give files away.
 *
 * @param uid the number of the user
 * @param gid the number of the user's group
 */
public record Owner(long uid, long gid) {

    private static final int ROOT = 0;
    /** Belongs to the process that opens it. Linux only. */
    private static final Path SELF = Path.of("/proc/self");
    private static final int SET_ID = FileMode.fromPosix(06000).bits() & ~FileMode.fromPosix(0).bits();

    /** {@return the user of this process, unless it is root or the system does not number its users} */
    public static Optional<Owner> ofOrdinaryUser() throws IOException {
        if (Files.exists(SELF)) {
            return of(SELF);
        }
        // Java does not know its user, but a new file does.
        Path probe = Files.createTempFile("kloset-owner", "");
        try {
            return of(probe);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        } finally {
            Files.delete(probe);
        }
    }

    private static Optional<Owner> of(Path own) throws IOException {
        Owner owner = new Owner(((Number) Files.getAttribute(own, "unix:uid")).longValue(),
                ((Number) Files.getAttribute(own, "unix:gid")).longValue());
        return owner.uid == ROOT ? Optional.empty() : Optional.of(owner);
    }

    /** {@return whether {@code file} belongs to another user} */
    boolean isForeign(FileRecord file) {
        return file.info().uid() != uid;
    }

    /**
     * {@return {@code file} as a file of this user} Drops setuid and setgid: a program must not run with rights that this user
     * never gave it.
     */
    FileRecord take(FileRecord file) {
        FileMode mode = file.info().mode();
        FileInfo info = file.info()
                .toBuilder()
                .uid(uid)
                .gid(gid)
                .username("")
                .groupname("")
                .mode(mode.isDirectory() ? mode : new FileMode(mode.bits() & ~SET_ID))
                .build();
        return file.withInfo(info);
    }
}
