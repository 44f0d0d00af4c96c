package dev.kloset.files.posix;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names files that are being written, and removes those whose writer is gone. A name identifies the process that made it:
 * {@code <prefix><machine>-<pid>-<start of the process>-<number>}.
 *
 * <p>A temporary file is abandoned if its process ran here and is gone. Nothing is known about processes elsewhere (another
 * machine or container on the same file system, or this machine before its last boot), so their files count as abandoned only
 * after their metadata has not changed for {@link #SILENCE}. The change time decides because, unlike the modification time, a
 * restore cannot set it.
 *
 * <p>Safe for any number of threads.
 */
public final class Temporaries {

    /** How long the temporary file of an unknown process is left alone. */
    static final Duration SILENCE = Duration.ofHours(24);

    // Shared by all instances in this process, so that two of them never collide in one directory.
    private static final AtomicLong NUMBER = new AtomicLong();

    private final String prefix;
    private final Supplier<ProcessIdentity> self;
    private final InstantSource clock;
    private final Pattern pattern;

    public Temporaries(String prefix) {
        // The identity is determined when something is made or swept, because identifying a machine takes some reading.
        this(prefix, ProcessIdentity::self, InstantSource.system());
    }

    public Temporaries(String prefix, ProcessIdentity self, InstantSource clock) {
        this(prefix, () -> self, clock);
    }

    private Temporaries(String prefix, Supplier<ProcessIdentity> self, InstantSource clock) {
        this.prefix = prefix;
        this.self = self;
        this.clock = clock;
        this.pattern = Pattern.compile(Pattern.quote(prefix) + "([0-9a-z]{1,32})-(\\d{1,10})-(\\d{1,19})-\\d{1,19}");
    }

    /** {@return a name that is not in use} */
    public String next() {
        ProcessIdentity own = self.get();
        return prefix + own.machine() + "-" + own.pid() + "-" + own.start() + "-" + NUMBER.incrementAndGet();
    }

    /** {@return whether {@code file} has a name of this form and is not a directory} */
    public boolean isOurs(Path file) {
        return pattern.matcher(String.valueOf(file.getFileName())).matches()
                && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Remove the abandoned temporary files in {@code directory}. A failure is not an error: they can be removed later. */
    public void sweep(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, this::isAbandoned)) {
            files.forEach(Temporaries::remove);
        } catch (IOException | DirectoryIteratorException e) {
            log(Level.DEBUG, "cannot look for abandoned files in " + directory, e);
        }
    }

    private boolean isAbandoned(Path file) {
        Matcher name = pattern.matcher(String.valueOf(file.getFileName()));
        if (!name.matches() || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            // With some mount options of /proc, the processes of other users look dead.
            int owner = (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            ProcessIdentity own = self.get();
            if (name.group(1).equals(own.machine()) && own.sees(owner)) {
                return !own.isRunning(Long.parseLong(name.group(2)), name.group(3));
            }
            FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
            return changed.toInstant().isBefore(clock.instant().minus(SILENCE));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log(Level.DEBUG, "cannot remove the abandoned file " + file, e);
        }
    }

    // Get the logger only for a message: the first logger costs more than all the rest of opening a store.
    private static void log(Level level, String message, Exception cause) {
        System.getLogger(Temporaries.class.getName()).log(level, message, cause);
    }
}
