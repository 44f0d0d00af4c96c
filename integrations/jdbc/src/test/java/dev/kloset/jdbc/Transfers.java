package dev.kloset.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A writer that moves amounts from table {@code A} to table {@code B} and back, in transactions, so that their sum stays. */
public final class Transfers implements AutoCloseable {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private volatile boolean ended;
    private long count; // guarded by lock
    private @Nullable Exception failure; // guarded by lock

    private Transfers(Callable<Connection> connections) {
        thread = Thread.ofPlatform().name("transfers").unstarted(() -> run(connections));
    }

    /** {@return a writer at work} */
    public static Transfers start(Callable<Connection> connections) {
        Transfers transfers = new Transfers(connections);
        transfers.thread.start();
        return transfers;
    }

    private void run(Callable<Connection> connections) {
        try (Connection connection = connections.call()) {
            connection.setAutoCommit(false);
            for (int i = 0; !ended; i++) {
                add(connection, "A", i % 200 + 1, -1);
                add(connection, "B", i * 7 % 200 + 1, 1);
                connection.commit();
                tell(null);
            }
        } catch (Exception e) {
            tell(e);
        }
    }

    private void tell(@Nullable Exception e) {
        lock.lock();
        try {
            failure = e;
            count++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void add(Connection connection, String table, int id, int amount) throws SQLException {
        try (PreparedStatement update = connection
                .prepareStatement("UPDATE " + table + " SET AMOUNT = AMOUNT + ? WHERE ID = ?")) {
            update.setInt(1, amount);
            update.setInt(2, id);
            update.executeUpdate();
        }
    }

    /** Wait until that many more transactions are done. */
    public void awaitMore(long more) throws Exception {
        lock.lock();
        try {
            long enough = count + more;
            while (count < enough && failure == null) {
                changed.await();
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
