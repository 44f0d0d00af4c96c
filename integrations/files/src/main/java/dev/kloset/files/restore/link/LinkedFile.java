package dev.kloset.files.restore.link;

import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.files.restore.node.RestoreFile;
import java.util.concurrent.CompletableFuture;

/**
 * A restored file that may still get more names.
 *
 * @param missing how many names have not come yet
 */
record LinkedFile(String pathname, FileInfo info, String target, CompletableFuture<RestoreFile.Restored> restored,
        int missing) {

    /** {@return whether {@code record} may be another name of this file} */
    boolean mayBe(FileRecord record) {
        FileInfo other = record.info();
        return target.equals(record.target()) && info.size() == other.size() && info.mode().equals(other.mode())
                && info.modTime().equals(other.modTime()) && info.uid() == other.uid() && info.gid() == other.gid();
    }

    LinkedFile withoutOne() {
        return new LinkedFile(pathname, info, target, restored, missing - 1);
    }
}
