package dev.kloset.cli.copy;

import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The user to whom copies belong when owners cannot be kept: only root can give files away.
 *
 * @param uid the number of the user
 * @param gid the number of the user's group
 */
public record Owner(long uid, long gid) {

    private static final int ROOT = 0;

    /** {@return the user of this process, unless it is root or the system has no such thing} */
    public static Optional<Owner> ofOrdinaryUser() throws IOException {
        // Java cannot ask who it is; a new file can.
        Path probe = Files.createTempFile("kloset-owner", "");
        try {
            Owner owner = new Owner(((Number) Files.getAttribute(probe, "unix:uid")).longValue(),
                    ((Number) Files.getAttribute(probe, "unix:gid")).longValue());
            return owner.uid == ROOT ? Optional.empty() : Optional.of(owner);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        } finally {
            Files.delete(probe);
        }
    }

    /** {@return whether {@code file} belongs to somebody else} */
    boolean isForeign(FileRecord file) {
        return file.info().uid() != uid;
    }

    /** {@return {@code file} as this user's} */
    FileRecord take(FileRecord file) {
        FileInfo info = file.info().toBuilder().uid(uid).gid(gid).username("").groupname("").build();
        return file.withInfo(info);
    }
}
