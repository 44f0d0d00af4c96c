package dev.kloset.jdbc.backup;

import dev.kloset.jdbc.dialect.Point;
import java.io.Closeable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;

/** A point and its readers, until it is closed, once. */
final class HeldPoint implements Closeable {

    private final Point point;
    private final Readers readers;
    private final Instant time = Instant.now();
    private boolean closed; // guarded by this

    HeldPoint(Point point) {
        this.point = point;
        this.readers = new Readers(point.readers());
    }

    Point point() {
        return point;
    }

    Readers readers() {
        return readers;
    }

    /** {@return when the point was made} */
    Instant time() {
        return time;
    }

    synchronized void check() throws IOException {
        if (closed) {
            return;
        }
        try {
            point.check();
        } catch (SQLException e) {
            throw new IOException("the database no longer holds the moment that this backup shows", e);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            readers.close();
            point.close();
        }
    }
}
