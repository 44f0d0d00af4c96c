package dev.kloset.jdbc.backup;

import dev.kloset.jdbc.backup.LineCutter.Lines;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.Dialect;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a table ahead of the host, in as many threads as there are connections. One query reads some neighbouring parts
 * and is cut where the database counted that they end. For one thread.
 */
final class TableReading {

    private static final long BYTES_OF_QUERY = 1 << 20;
    /** Parts are as long as they should be only on average. */
    private static final int SLACK = 2;
    private static final int SHARES = 4;

    private final Dialect dialect;
    private final Readers readers;
    private final RowMemory memory;
    private final Table table;
    private final List<Part> parts;
    private final long largest;
    private final long bytesOfQuery;
    private final int partsOfQuery;
    private final Deque<Some> again = new ArrayDeque<>();
    private final Deque<Future<Read>> running = new ArrayDeque<>();
    private int next;

    TableReading(Dialect dialect, Readers readers, RowMemory memory, Table table, List<Part> parts, long bytesOfPart) {
        this.dialect = dialect;
        this.readers = readers;
        this.memory = memory;
        this.table = table;
        this.parts = parts;
        this.largest = memory.capacity() / SHARES;
        this.bytesOfQuery = Math.min(BYTES_OF_QUERY, memory.capacity() / SLACK / readers.count());
        this.partsOfQuery = (int) Math.max(1, bytesOfQuery / SLACK / bytesOfPart);
    }

    /** Takes parts. */
    @FunctionalInterface
    interface Sink {

        /**
         * Take a part.
         *
         * @param file null if its rows are too many for the memory; otherwise there is a reservation of memory for it
         */
        void part(int index, @Nullable PartFile file) throws IOException, InterruptedException;
    }

    /** Parts from an index up to another one, and the memory that is reserved for them. */
    private record Some(int from, int to, long bytes) {}

    /** Of these parts, the files of the first ones, as far as the memory went. */
    private record Read(Some some, List<PartFile> files) {}

    /**
     * Read all parts.
     *
     * @throws IOException if one cannot be read
     */
    void run(Sink sink) throws IOException, InterruptedException {
        try (ExecutorService workers = Executors
                .newThreadPerTaskExecutor(Thread.ofVirtual().name("jdbc-read-", 0).factory())) {
            try {
                for (start(workers); !running.isEmpty(); start(workers)) {
                    pass(finished(running.removeFirst()), sink);
                }
            } finally {
                running.forEach(reading -> reading.cancel(true));
            }
        }
    }

    private void start(ExecutorService workers) throws InterruptedException {
        for (Some some = peek(); some != null && running.size() < readers.count() && reserve(some); some = peek()) {
            Some started = some;
            if (again.poll() == null) {
                next = started.to();
            }
            running.addLast(workers.submit(() -> read(started)));
        }
    }

    /** While something is read its end is worth more than a wait for the host. */
    private boolean reserve(Some some) throws InterruptedException {
        if (!running.isEmpty()) {
            return memory.tryReserve(some.bytes());
        }
        memory.reserve(some.bytes());
        return true;
    }

    private @Nullable Some peek() {
        if (!again.isEmpty() || next == parts.size()) {
            return again.peek();
        }
        int to = next + 1;
        while (to < parts.size() && to - next < partsOfQuery && parts.get(next).isCounted()
                && parts.get(to).isCounted()) {
            to++;
        }
        return new Some(next, to, bytesOfQuery);
    }

    private Read read(Some some) throws IOException, InterruptedException {
        Connection connection = readers.lease();
        try {
            return new Read(some, files(connection, some));
        } catch (SQLException e) {
            throw new IOException("cannot read " + table.name(), e);
        } finally {
            readers.giveBack(connection);
        }
    }

    private List<PartFile> files(Connection connection, Some some) throws SQLException, IOException {
        List<Part> wanted = parts.subList(some.from(), some.to());
        Part all = wanted.size() == 1 ? wanted.getFirst() : Part.joined(wanted);
        List<PartFile> files = new ArrayList<>();
        long left = some.bytes();
        try (LineCutter cutter = new LineCutter(dialect.read(connection, table, all))) {
            for (Part part : wanted) {
                boolean isLast = files.size() == wanted.size() - 1;
                Lines lines = cutter.take(isLast ? Long.MAX_VALUE : part.rows(), left);
                if (lines == null) {
                    break;
                }
                files.add(PartFile.of(lines));
                left -= lines.bytes().length;
            }
        }
        return files;
    }

    private static Read finished(Future<Read> reading) throws IOException, InterruptedException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case InterruptedException interrupt -> throw interrupt;
                case null, default -> throw new IOException(e.getCause());
            }
        }
    }

    private void pass(Read read, Sink sink) throws IOException, InterruptedException {
        Some some = read.some();
        long used = read.files().stream().mapToLong(file -> file.bytes().length).sum();
        memory.giveBack(some.bytes() - used);
        int at = some.from();
        for (PartFile file : read.files()) {
            sink.part(at++, file);
        }
        if (at < some.to()) {
            rest(some, at, sink);
        }
    }

    /** Read the others by themselves: first one that is too long, with as much memory as one may have. */
    private void rest(Some some, int from, Sink sink) throws IOException, InterruptedException {
        int at = from;
        if (at == some.from()) {
            if (some.bytes() < largest) {
                again.addLast(new Some(at, at + 1, largest));
            } else {
                sink.part(at, null);
            }
            at++;
        }
        if (at < some.to()) {
            again.addLast(new Some(at, some.to(), bytesOfQuery));
        }
    }
}
