package dev.kloset.files;

import dev.kloset.files.posix.Disk;
import dev.kloset.files.posix.Errno;
import dev.kloset.files.posix.RestoreNative;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails at one sync, of whatever kind it is. */
public final class FailingDisk extends Disk {

    private final int errno;
    private final AtomicInteger left;

    /**
     * @param errno the number of the error
     * @param sync which sync fails, from 0; a negative number for none
     */
    public FailingDisk(int errno, int sync) {
        this.errno = errno;
        this.left = new AtomicInteger(sync);
    }

    /** {@return whether the sync that was to fail has come} */
    public boolean hasFailed() {
        return left.get() < 0;
    }

    private void sync() throws IOException {
        if (left.getAndDecrement() == 0) {
            throw Errno.failure(errno, "");
        }
    }

    @Override
    public void force(Path path, FileChannel channel) throws IOException {
        sync();
    }

    @Override
    public void forceFileSystem(RestoreNative calls, int descriptor) throws IOException {
        sync();
    }

    @Override
    public int errorOfSync(Path path) {
        return errno;
    }
}
