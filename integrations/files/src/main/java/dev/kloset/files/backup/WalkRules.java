package dev.kloset.files.backup;

import dev.kloset.FileInfo;
import dev.kloset.exclude.Excludes;
import dev.kloset.files.posix.FileSystemKind;
import dev.kloset.files.source.SourceFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a walk leaves out, and the lines that report it: users would notice a silent omission only when it is too late. Safe for
 * any number of threads.
 */
final class WalkRules {

    private final Excludes excludes;
    private final boolean oneFileSystem;
    private final boolean intoRepositories;
    private final System.Logger log;
    private final AtomicLong boundaries = new AtomicLong();

    /**
     * @param oneFileSystem whether to stay on the file system of the start
     * @param intoRepositories whether to read repositories like any other directory
     */
    WalkRules(Excludes excludes, boolean oneFileSystem, boolean intoRepositories, System.Logger log) {
        this.excludes = excludes;
        this.oneFileSystem = oneFileSystem;
        this.intoRepositories = intoRepositories;
        this.log = log;
    }

    /** {@return whether the record is left out} The content of an excluded directory may still be wanted. */
    boolean excludes(String pathname, boolean isDirectory) {
        return excludes.excludes(pathname, isDirectory);
    }

    /** {@return whether a directory is left out together with its whole content} */
    boolean prunes(String pathname) {
        return excludes.excludes(pathname, true) && excludes.prunes(pathname);
    }

    /**
     * {@return whether the walk enters a directory} If it does not, and the user has not asked for that, a line says why.
     *
     * @param parentDevice the file system of the directory above
     * @param startDevice the file system of the start
     */
    boolean enters(SourceFile directory, FileInfo info, String pathname, long parentDevice, long startDevice)
            throws IOException {
        if (info.dev() != parentDevice) {
            FileSystemKind kind = directory.fileSystem();
            if (kind.isPseudo()) {
                return leave(pathname, "it is a " + kind.name() + " file system, a view of the kernel without files");
            }
        }
        if (oneFileSystem && info.dev() != startDevice) {
            return leave(pathname, "another file system or subvolume begins there (dont_traverse_fs is set)");
        }
        return intoRepositories || !isRepository(directory)
                || leave(pathname, "it is a Kloset repository, which would grow with each backup of itself"
                        + " (include_repositories=true backs it up)");
    }

    /** {@return whether the directory has what the stores of Plakar and of this plugin make in each repository} */
    private static boolean isRepository(SourceFile directory) {
        return directory.has("packfiles") && directory.has("states") && directory.has("locks")
                && directory.has("CONFIG");
    }

    private boolean leave(String pathname, String why) {
        boundaries.incrementAndGet();
        log.log(Level.WARNING, "nothing in {0} is backed up: {1}", pathname, why);
        return false;
    }

    /** Report at the end how many directories were left out. */
    void sumUp() {
        long count = boundaries.get();
        if (count > 1) {
            log.log(Level.WARNING, "{0} directories were backed up without their contents; a line above names each",
                    Long.toString(count));
        }
    }
}
