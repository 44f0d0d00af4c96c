package dev.kloset.files.posix;

import org.jspecify.annotations.Nullable;

/**
 * The flags of {@code <fcntl.h>} that differ between processors.
 *
 * @param directory {@code O_DIRECTORY}
 * @param noFollow {@code O_NOFOLLOW}
 */
record OpenFlags(int directory, int noFollow) {

    // These have the same values on all processors that SystemCalls knows.
    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_CREAT = 0_100;
    static final int O_EXCL = 0_200;
    static final int O_NONBLOCK = 0_4000;
    static final int O_NOATIME = 0_1000000;
    static final int O_CLOEXEC = 0_2000000;
    static final int O_PATH = 0_10000000;
    static final int O_TMPFILE = 0_20000000;

    /** {@return the flags of this processor, null where they are not known} */
    static @Nullable OpenFlags ofThisMachine() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "riscv64" -> new OpenFlags(0_200000, 0_400000);
            case "aarch64" -> new OpenFlags(0_40000, 0_100000);
            default -> null;
        };
    }
}
