package dev.kloset.schedules;

import dev.kloset.wire.PipePair;
import dev.kloset.wire.stdio.MemoryPipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** The hostile end's control over the two pipes, which are in memory or those of a process. */
final class Wire {

    private final InputStream in;
    private final OutputStream out;
    private final Runnable kill;
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * @param in what the tested end sends
     * @param out what the tested end receives
     * @param cutAfter how many bytes the tested end receives before everything breaks; negative: no limit
     * @param kill breaks everything at once
     */
    Wire(InputStream in, OutputStream out, int cutAfter, Runnable kill) {
        this.in = in;
        this.kill = kill;
        this.out = cutAfter < 0 ? new Said(out, Long.MAX_VALUE) : new Said(out, cutAfter);
    }

    static Wire host(PipePair pipes, int cutAfter) {
        return new Wire(pipes.toClient().in(), pipes.toServer().out(), cutAfter, () -> kill(pipes));
    }

    static Wire plugin(PipePair pipes, int cutAfter) {
        return new Wire(pipes.toServer().in(), pipes.toClient().out(), cutAfter, () -> kill(pipes));
    }

    private static void kill(PipePair pipes) {
        for (MemoryPipe pipe : new MemoryPipe[]{ pipes.toServer(), pipes.toClient() }) {
            pipe.cut();
        }
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** End as a process does: the other end can still read what was sent. */
    void cut() {
        close(out);
        close(in);
    }

    void kill() {
        kill.run();
    }

    /** Send bytes that are not a frame. */
    void noise() {
        try {
            out.write("Segmentation fault (core dumped)\n".repeat(3)
                    .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The other end no longer reads.
        }
    }

    private static void close(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            // It is closed as well as it can be.
        }
    }

    /** Passes on whole calls, one at a time, up to the limit; then kills. */
    private final class Said extends OutputStream {

        private final OutputStream target;
        private long left;

        Said(OutputStream target, long limit) {
            this.target = target;
            this.left = limit;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{ (byte) b }, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            lock.lock();
            try {
                int allowed = (int) Math.min(length, left);
                left -= allowed;
                target.write(bytes, offset, allowed);
                target.flush();
                if (allowed < length) {
                    kill();
                    throw new IOException("Broken pipe");
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}
