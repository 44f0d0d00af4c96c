package dev.kloset.wire.recording;

import dev.kloset.support.Sentence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines to a file from a thread of its own, so that no caller waits for the disk. What waits to be written is bounded:
 * when the disk cannot keep up, or fails, the recording stops and says so once.
 */
final class RecordingFile {

    static final int MAX_WAITING_BYTES = 16 << 20;

    private final Path wanted;
    private final Consumer<String> complaints;
    private final int maxWaitingBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // guarded by lock
    private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private @Nullable String name; // the name of the file if the wanted path is a directory, or taken
    private boolean closed;
    private boolean stopped;
    private boolean idle = true;

    /** A file at {@code wanted}, or in it, which is created when {@link #name} is called. */
    RecordingFile(Path wanted, int maxWaitingBytes, Consumer<String> complaints) {
        this.wanted = wanted;
        this.maxWaitingBytes = maxWaitingBytes;
        this.complaints = complaints;
        Thread.ofPlatform().daemon().name("kloset-recorder").start(this::run);
    }

    /** Name the file; only the first name counts. */
    void name(String fileName) {
        lock.lock();
        try {
            if (name == null) {
                name = fileName;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Add a line. Never waits. */
    void add(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        boolean full = false;
        lock.lock();
        try {
            if (stopped || closed) {
                return;
            }
            full = waiting.size() + bytes.length > maxWaitingBytes;
            if (!full) {
                waiting.writeBytes(bytes);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (full) {
            stop("the disk does not keep up");
        }
    }

    /** Stop recording for good, and report why. */
    void stop(String why) {
        lock.lock();
        try {
            if (stopped) {
                return;
            }
            stopped = true;
            waiting = new ByteArrayOutputStream();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        complaints.accept("kloset: the recording in " + wanted + " stops here: " + why);
    }

    /** Write what has been recorded, but wait for the disk no longer than {@code limit}. */
    void close(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            closed = true;
            changed.signalAll();
            long left = limit.toNanos();
            while (!stopped && left > 0 && !(idle && waiting.size() == 0)) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            String fileName = awaitName();
            if (fileName == null) {
                return;
            }
            try (OutputStream out = create(fileName)) {
                for (ByteArrayOutputStream lines = take(); lines != null; lines = take()) {
                    lines.writeTo(out);
                    written();
                }
            }
        } catch (IOException e) {
            stop(Sentence.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // no other code knows this thread
        }
    }

    private @Nullable String awaitName() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (name == null && !closed && !stopped) {
                changed.await();
            }
            idle = name == null && waiting.size() == 0;
            return stopped ? null : name == null && waiting.size() > 0 ? "no-call" : name;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ByteArrayOutputStream take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.size() == 0 && !closed && !stopped) {
                changed.await();
            }
            if (waiting.size() == 0) {
                return null;
            }
            idle = false;
            ByteArrayOutputStream full = waiting;
            waiting = new ByteArrayOutputStream();
            return full;
        } finally {
            lock.unlock();
        }
    }

    private void written() {
        lock.lock();
        try {
            idle = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An older recording is never overwritten, and two processes never share a file. */
    private OutputStream create(String fileName) throws IOException {
        if (Files.isDirectory(wanted)) {
            return create(wanted.resolve(fileName));
        }
        try {
            return create(wanted);
        } catch (FileAlreadyExistsException e) {
            return Files.isRegularFile(wanted)
                    ? create(wanted.resolveSibling(wanted.getFileName() + "." + fileName))
                    : Files.newOutputStream(wanted, StandardOpenOption.WRITE); // a pipe or a device
        }
    }

    private static OutputStream create(Path file) throws IOException {
        // Names and sizes are private to this user.
        FileAttribute<?>[] own = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
                : new FileAttribute<?>[0];
        return Channels.newOutputStream(Files.newByteChannel(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), own));
    }
}
