package dev.kloset.resilience;

import dev.kloset.support.Sentence;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Notes about holds. Each hold has a file whose name contains everything needed to release it, and which its process keeps
 * locked. The lock ends with the process, however that ends, so a note that can be locked belongs to a dead process.
 */
final class LeaseJournal {

    private static final System.Logger LOG = System.getLogger("dev.kloset.lease");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String NAME_PREFIX = "kloset_";
    private static final int NAME_LETTERS = 20;
    private static final int SOURCE_BYTES = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ENDING = ".lease";

    /** The notes of this process. Closing any channel to a file would end the process's own lock on it, so no code may open these. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final String source;
    private final String prefix;

    LeaseJournal(Path directory, String source) {
        this.directory = directory.toAbsolutePath();
        this.source = source;
        this.prefix = digest(source) + ".";
    }

    private static String digest(String source) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, SOURCE_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Path ofTheUser() {
        String state = System.getenv("XDG_STATE_HOME");
        String local = System.getenv("LOCALAPPDATA");
        Path base = state != null && Path.of(state).isAbsolute()
                ? Path.of(state)
                : local != null ? Path.of(local) : Path.of(System.getProperty("user.home"), ".local", "state");
        return base.resolve("kloset").resolve("leases");
    }

    /** The note of one hold. */
    record Note(String name, Path file, FileChannel channel) implements HoldNote {

        /** Remove the note: the hold is over, or never existed. */
        @Override
        public void remove() {
            try (channel) {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.log(Level.WARNING, "cannot remove the note " + file + " of a hold that is over: " + Sentence.of(e));
            } finally {
                OURS.remove(file);
            }
        }

        /** Leave the note: the hold may still exist, and the next process will look after it. */
        @Override
        public void leave() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "cannot close the note " + file, e);
            } finally {
                OURS.remove(file);
            }
        }
    }

    /** {@return a note, under a new name, of a hold about to be taken} */
    Note write() throws IOException {
        try {
            Files.createDirectories(directory, onlyForTheOwner("rwx------"));
            Note note = tryToWrite();
            while (note == null) {
                note = tryToWrite();
            }
            return note;
        } catch (IOException e) {
            throw new IOException("cannot note in " + directory + " that " + source
                    + " is about to be held, so that it is released even if this process is killed: "
                    + Sentence.of(e), e);
        }
    }

    /** {@return a note, or null if another process removed it while tidying up} */
    private @Nullable Note tryToWrite() throws IOException {
        String name = newName();
        Path file = directory.resolve(prefix + name + ENDING);
        OURS.add(file);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    onlyForTheOwner("rw-------"));
        } catch (IOException e) {
            OURS.remove(file);
            throw e;
        }
        Note note = new Note(name, file, channel);
        boolean written = false;
        try {
            if (channel.tryLock() != null && Files.exists(file)) {
                channel.write(ByteBuffer.wrap((name + " holds " + source + "\n").getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
                written = true;
            }
        } finally {
            // The source is not held yet, whatever went wrong, such as an interrupt.
            if (!written) {
                note.remove();
            }
        }
        return written ? note : null;
    }

    static boolean isName(String name) {
        return name.startsWith(NAME_PREFIX) && name.length() == NAME_PREFIX.length() + NAME_LETTERS
                && name.chars().skip(NAME_PREFIX.length()).allMatch(letter -> LETTERS.indexOf(letter) >= 0);
    }

    private static String newName() {
        SecureRandom random = new SecureRandom();
        StringBuilder name = new StringBuilder(NAME_PREFIX);
        for (int i = 0; i < NAME_LETTERS; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }

    private static FileAttribute<?>[] onlyForTheOwner(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
                : new FileAttribute<?>[0];
    }

    /** Releases a hold. */
    interface Release {

        /** {@return whether the hold is now over} */
        boolean of(String name) throws InterruptedException;
    }

    /** Release the holds that dead processes have noted for this source. Leaves for the next time what takes too long. */
    void leftBehind(Release release) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Path file : notes()) {
            if (System.nanoTime() > end) {
                return;
            }
            if (OURS.add(file)) {
                try {
                    tidy(file, release);
                } finally {
                    OURS.remove(file);
                }
            }
        }
    }

    private List<Path> notes() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(this::isNoteOfTheSource).sorted().toList();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot look for abandoned holds: " + Sentence.of(e));
            return List.of();
        }
    }

    private boolean isNoteOfTheSource(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(prefix) && name.endsWith(ENDING);
    }

    private void tidy(Path file, Release release) throws InterruptedException {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(prefix.length(), fileName.length() - ENDING.length());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            // If the lock cannot be had, the note's process lives, or another process is tidying up.
            if (lock != null && release.of(name)) {
                Files.deleteIfExists(file);
                LOG.log(Level.INFO, "released " + name + ", with which a killed process had held " + source);
            }
        } catch (NoSuchFileException e) {
            // Another process was faster.
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot release the hold that " + file + " notes: " + Sentence.of(e));
        }
    }
}
