package dev.kloset.files;

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
 * Names for files that are being written, and removal of those that nobody writes any more. A name tells the process that
 * made it: {@code <prefix><machine>-<pid>-<start of the process>-<number>}.
 *
 * <p>A temporary is abandoned if its process ran here and is gone. Of processes elsewhere (another machine or container
 * on the same file system, or this machine before its last boot) nothing is known, so theirs count as abandoned only
 * after their metadata has not changed for {@link #SILENCE}. The change time is asked because, unlike the modification
 * time, no restore can set it.
 *
 * <p>For any number of threads.
 */
final class Temporaries {

    /** How long a temporary of an unknown process is left alone. */
    static final Duration SILENCE = Duration.ofHours(24);

    // Shared by all instances of this process, so that two of them on one directory never meet.
    private static final AtomicLong NUMBER = new AtomicLong();

    private final String prefix;
    private final Supplier<ProcessIdentity> self;
    private final InstantSource clock;
    private final Pattern pattern;

    Temporaries(String prefix) {
        // The identity is asked for when something is made or swept: that of a machine takes some reading.
        this(prefix, ProcessIdentity::self, InstantSource.system());
    }

    Temporaries(String prefix, ProcessIdentity self, InstantSource clock) {
        this(prefix, () -> self, clock);
    }

    private Temporaries(String prefix, Supplier<ProcessIdentity> self, InstantSource clock) {
        this.prefix = prefix;
        this.self = self;
        this.clock = clock;
        this.pattern = Pattern.compile(Pattern.quote(prefix) + "([0-9a-z]{1,32})-(\\d{1,10})-(\\d{1,19})-\\d{1,19}");
    }

    /** {@return a name that no file has} */
    String next() {
        ProcessIdentity own = self.get();
        return prefix + own.machine() + "-" + own.pid() + "-" + own.start() + "-" + NUMBER.incrementAndGet();
    }

    /** {@return whether {@code file} has a name of ours and is no directory} */
    boolean isOurs(Path file) {
        return pattern.matcher(String.valueOf(file.getFileName())).matches()
                && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Remove the abandoned temporaries in {@code directory}. What cannot be removed now can be later: no error. */
    void sweep(Path directory) {
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
            // Under some mount options of /proc the processes of other users look like dead ones.
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

    // Asked for when there is something to say: the first logger costs more than all the rest of opening a store.
    private static void log(Level level, String message, Exception cause) {
        System.getLogger(Temporaries.class.getName()).log(level, message, cause);
    }
}
