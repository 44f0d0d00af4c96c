package dev.kloset.wire.recording;

import dev.kloset.support.Sentence;
import dev.kloset.wire.http2.FrameTap;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Records a session: every message with direction, stream, method, time and size, but no content and no secret.
 *
 * <p>It looks at copies of the bytes between the connection and its pipes, on the threads that move them, and never waits for the
 * disk: a recording that cannot go on stops with one sentence, and the protocol continues. Without a recorder the connection has
 * the pipes themselves.
 */
public final class Recorder {

    /** The environment variable that names the file, or the directory for one file per process. */
    static final String VARIABLE = "KLOSET_RECORD";

    private static final long VERSION = 1;

    private final RecordingFile file;
    private final RecordedSession session;
    private final boolean host;

    private Recorder(RecordingFile file, boolean host, long pid) {
        this.file = file;
        this.host = host;
        this.session = new RecordedSession(file, host ? "host" : "plugin", pid);
        Map<String, Object> first = new LinkedHashMap<>();
        first.put("kloset-recording", VERSION);
        first.put("by", host ? "host" : "plugin");
        first.put("pid", ProcessHandle.current().pid());
        first.put("started", Instant.now().toString());
        file.add(RecordedEvent.line(first));
    }

    /**
     * {@return a recorder for one connection, if {@code environment} asks for one}
     *
     * @param host whether this is the host's end of the connection
     * @param pid of the plugin, for the name of the file; called only if there is to be one, as finding it takes time
     * @param complaints receives one sentence, on any thread, if the recording stops early
     */
    public static Optional<Recorder> of(Map<String, String> environment, boolean host, LongSupplier pid,
            Consumer<String> complaints) {
        String wanted = environment.getOrDefault(VARIABLE, "");
        if (wanted.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Recorder(
                    new RecordingFile(Path.of(wanted), RecordingFile.MAX_WAITING_BYTES, complaints), host,
                    pid.getAsLong()));
        } catch (InvalidPathException e) {
            complaints.accept("kloset: cannot record to " + VARIABLE + "=" + wanted + ": " + Sentence.of(e));
            return Optional.empty();
        }
    }

    /** {@return {@code in}, with everything that is read from it recorded} */
    public InputStream in(InputStream in) {
        return new Heard(in, new Tap(!host));
    }

    /** {@return {@code out}, with everything that is written to it recorded} */
    public OutputStream out(OutputStream out) {
        return new Said(out, new Tap(host));
    }

    /** Write what has been recorded and end, within {@code limit}. */
    public void close(Duration limit) throws InterruptedException {
        file.close(limit);
    }

    /** One direction. No failure here may reach the connection. */
    private final class Tap {

        private final String from;
        private final FrameTap frames;

        Tap(boolean fromHost) {
            this.from = fromHost ? "host" : "plugin";
            this.frames = new FrameTap(fromHost, session.watcher(fromHost));
        }

        @SuppressWarnings("CatchingUnchecked") // see above
        void add(byte[] bytes, int offset, int length) {
            try {
                frames.add(bytes, offset, length);
            } catch (RuntimeException | OutOfMemoryError e) {
                file.stop("it cannot follow the connection: " + Sentence.of(e));
            }
        }

        void end(String how) {
            frames.end();
            session.write(from, 0, "end", Map.of("how", how));
        }
    }

    private static final class Heard extends InputStream {

        private final InputStream in;
        private final Tap tap;

        Heard(InputStream in, Tap tap) {
            this.in = in;
            this.tap = tap;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count;
            try {
                count = in.read(buffer, offset, length);
            } catch (IOException e) {
                tap.end("broken");
                throw e;
            }
            if (count > 0) {
                tap.add(buffer, offset, count);
            } else if (count < 0) {
                tap.end("end of stream");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private static final class Said extends OutputStream {

        private final OutputStream out;
        private final Tap tap;

        Said(OutputStream out, Tap tap) {
            this.out = out;
            this.tap = tap;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{ (byte) b }, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            // Recorded before it is sent: the answer must not be recorded first.
            tap.add(buffer, offset, length);
            try {
                out.write(buffer, offset, length);
            } catch (IOException e) {
                tap.end("broken");
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            tap.end("closed");
            out.close();
        }
    }
}
