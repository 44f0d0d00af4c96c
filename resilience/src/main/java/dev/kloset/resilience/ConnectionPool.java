package dev.kloset.resilience;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import java.io.FilterInputStream;
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
 * A bounded number of connections, each leased to one use at a time: a call, or a content as long as it is open. A connection
 * whose use failed, or whose content was not read to its end, is closed, as nobody knows what is still on its way; so are the ones
 * that wait meanwhile, which are likely to be as dead. For any number of threads.
 *
 * <p>It knows no time-outs for connecting or use: see {@link IdleTimeout}.
 */
public final class ConnectionPool<C extends AutoCloseable> implements AutoCloseable {

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Use<C, R> {

        /** {@return what it gives} The connection belongs to the pool again afterwards. */
        R with(C connection) throws IOException, InterruptedException;
    }

    private final String whom;
    private final int size;
    private final Duration patience;
    private final Attempt<C> connect;
    private final Semaphore free;
    private final Deque<C> idle = new ArrayDeque<>(); // guarded by itself; bounded by size
    private boolean closed; // guarded by idle

    /**
     * Have at most {@code size} connections, none at first.
     *
     * @param whom they lead to, for messages: {@code the server db.example.org}
     * @param patience how long to wait for one if all are in use
     * @param connect makes one
     */
    public ConnectionPool(String whom, int size, Duration patience, Attempt<C> connect) {
        this.whom = Objects.requireNonNull(whom, "whom");
        this.size = size;
        this.patience = patience;
        this.connect = Objects.requireNonNull(connect, "connect");
        this.free = new Semaphore(size, true);
    }

    /** {@return what {@code use} makes with a connection} */
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

    /** {@return the stream that {@code opening} opens; its connection is leased until it is closed} The caller closes. */
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
            throw new ConnectorException(ErrorKind.TRANSIENT, "no connection to " + whom + " became free: all " + size
                    + " have been in use for " + Words.of(patience));
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
                throw new IOException("the connections to " + whom + " are closed");
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
                    .log(Level.DEBUG, "cannot close a connection to " + whom, e);
        }
    }

    /** Close the connections that are not in use. The others follow when they are given back; nothing is leased any more. */
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

    private final class Leased extends FilterInputStream {

        private final C connection;
        private boolean complete;
        private boolean closed;

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
        public void close() throws IOException {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            boolean fine = false;
            try {
                super.close();
                fine = complete;
            } finally {
                giveBack(connection, fine);
            }
        }
    }
}
