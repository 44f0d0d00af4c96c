package dev.kloset.hadoop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Options.Rename;
import org.jspecify.annotations.Nullable;

/** A writer that makes, appends, renames and deletes files and directories until it is closed. */
final class Work implements AutoCloseable {

    private static final int DIRECTORIES = 5;

    private final Hdfs hdfs;
    private final String top;
    private final SplittableRandom random;
    private final List<String> files = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread = Thread.ofPlatform().name("writer").unstarted(this::run);
    private long done; // guarded by lock, as below
    private boolean closed;
    private boolean ended;
    private @Nullable IOException failure;

    private Work(Hdfs hdfs, String top, long seed) {
        this.hdfs = hdfs;
        this.top = top;
        this.random = new SplittableRandom(seed);
    }

    static Work start(Hdfs hdfs, String top, long seed) {
        Work work = new Work(hdfs, top, seed);
        work.thread.start();
        return work;
    }

    private void run() {
        try {
            steps();
        } finally {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void steps() {
        for (int i = 0; !isClosed(); i++) {
            IOException failed = null;
            try {
                step(i);
            } catch (IOException e) {
                failed = e;
            }
            lock.lock();
            try {
                failure = failed;
                closed |= failed != null;
                done++;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void step(int i) throws IOException {
        int which = random.nextInt(10);
        if (files.isEmpty() || which < 4) {
            String name = top + "/d" + random.nextInt(DIRECTORIES) + "/f" + i;
            hdfs.write(name, "content " + i);
            files.add(name);
            return;
        }
        int at = random.nextInt(files.size());
        if (which < 7) {
            append(files.get(at), " and " + i);
        } else if (which == 7) {
            hdfs.files.delete(hdfs.at(files.remove(at)), false);
        } else if (which == 8) {
            String name = top + "/d" + random.nextInt(DIRECTORIES) + "/r" + i;
            hdfs.mkdirs(name.substring(0, name.lastIndexOf('/')));
            hdfs.files.rename(hdfs.at(files.get(at)), hdfs.at(name), Rename.NONE);
            files.set(at, name);
        } else {
            renameDirectory(i);
        }
    }

    private void append(String name, String text) throws IOException {
        try (FSDataOutputStream out = hdfs.open(name)) {
            out.writeBytes(text);
            out.hflush();
            out.writeBytes(".");
        }
    }

    private void renameDirectory(int i) throws IOException {
        String from = files.get(random.nextInt(files.size()));
        String directory = from.substring(0, from.lastIndexOf('/'));
        String name = top + "/n" + i;
        hdfs.files.rename(hdfs.at(directory), hdfs.at(name), Rename.NONE);
        files.replaceAll(file -> file.startsWith(directory + "/") ? name + file.substring(directory.length()) : file);
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Wait for more steps. */
    void awaitMore(int steps) {
        lock.lock();
        try {
            long end = done + steps;
            while (done < end && failure == null && !ended) {
                changed.awaitUninterruptibly();
            }
            if (failure != null) {
                throw new UncheckedIOException("the writer failed", failure);
            }
            if (done < end) {
                throw new IllegalStateException("the writer has ended");
            }
        } finally {
            lock.unlock();
        }
    }

    /** Let the writer finish its step. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            while (!ended) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
