package dev.kloset.resilience;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.internal.OnceClosedStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of connections. Each is leased to one use at a time: to a call, or to a content while it is open. The pool
 * closes a connection whose use failed, or whose content was not read to its end, because unread bytes may still be on their
 * way. It then also closes the idle connections, which are likely to be dead too. Safe for any number of threads.
 *
 * <p>The pool sets no time limits for connecting or for a use: see {@link IdleTimeout}.
 */
public final class ConnectionPool<C extends AutoCloseable> implements AutoCloseable {

    /** A use of a connection. */
    @FunctionalInterface
    public interface Use<C, R> {

        /** {@return the result of the use} Afterwards, the connection belongs to the pool again. */
        R with(C connection) throws IOException, InterruptedException;
    }

    private final String peer;
    private final int size;
    private final Duration patience;
    private final IoCall<C> connect;
    private final Semaphore free;
    private final Deque<C> idle = new ArrayDeque<>(); // guarded by itself; bounded by size
    private boolean closed; // guarded by idle

    /**
     * Make a pool of at most {@code size} connections, which starts empty.
     *
     * @param peer the other end of the connections, for messages: {@code the server db.example.org}
     * @param patience how long to wait for a connection if all are in use
     * @param connect makes a connection
     */
    public ConnectionPool(String peer, int size, Duration patience, IoCall<C> connect) {
        this.peer = Objects.requireNonNull(peer, "peer");
        this.size = size;
        this.patience = patience;
        this.connect = Objects.requireNonNull(connect, "connect");
        this.free = new Semaphore(size, true);
    }

    /** {@return the result of {@code use} with a connection} */
    public <R> R call(Use<? super C, R> use) throws IOException, InterruptedException {
        C connection = lease();
        boolean fine = false;
        try {
            R result = use.with(connection);
            fine = true;
            return result;
        } finally {
            giveBack(connection, fine);
        }
    }

    /** {@return the stream that {@code opening} opens} Its connection stays leased until the caller closes the stream. */
    public InputStream stream(Use<? super C, InputStream> opening) throws IOException, InterruptedException {
        C connection = lease();
        boolean opened = false;
        try {
            InputStream stream = new Leased(opening.with(connection), connection);
            opened = true;
            return stream;
        } finally {
            if (!opened) {
                giveBack(connection, false);
            }
        }
    }

    private C lease() throws IOException, InterruptedException {
        if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ConnectorException(ErrorKind.TRANSIENT, "no connection to " + peer + " became free: all " + size
                    + " have been in use for " + DurationText.of(patience));
        }
        C connection = null;
        try {
            connection = takeIdle();
            if (connection == null) {
                connection = connect.make();
            }
            return connection;
        } finally {
            if (connection == null) {
                free.release();
            }
        }
    }

    private @Nullable C takeIdle() throws IOException {
        synchronized (idle) {
            if (closed) {
                throw new IOException("the connections to " + peer + " are closed");
            }
            return idle.pollLast();
        }
    }

    private void giveBack(C connection, boolean fine) {
        List<C> useless = new ArrayList<>();
        synchronized (idle) {
            if (fine && !closed) {
                idle.addLast(connection);
            } else {
                useless.add(connection);
                useless.addAll(idle);
                idle.clear();
            }
        }
        free.release();
        useless.forEach(this::close);
    }

    private void close(C connection) {
        try {
            connection.close();
        } catch (Exception e) {
            System.getLogger(ConnectionPool.class.getName())
                    .log(Level.DEBUG, "cannot close a connection to " + peer, e);
        }
    }

    /** Close the idle connections. The others are closed as they come back, and the pool leases no more. */
    @Override
    public void close() {
        List<C> useless;
        synchronized (idle) {
            closed = true;
            useless = List.copyOf(idle);
            idle.clear();
        }
        useless.forEach(this::close);
    }

    private final class Leased extends OnceClosedStream {

        private final C connection;
        private boolean complete;

        Leased(InputStream in, C connection) {
            super(in);
            this.connection = connection;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            complete |= one < 0;
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            complete |= count < 0;
            return count;
        }

        @Override
        protected void closed(boolean well) {
            giveBack(connection, well && complete);
        }
    }
}
