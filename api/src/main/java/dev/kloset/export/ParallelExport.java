package dev.kloset.export;

import dev.kloset.ConnectorRecord;
import dev.kloset.RecordHandler;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Restores several records at once, although the wire brings them one by one: takes each content off the wire and hands it to a
 * worker. Use it as you would use {@link RecordSource#forEach}:
 *
 * {@snippet :
 * ParallelExport.with(16).forEach(records, results, record -> upload(record));
 * }
 *
 * <p><b>Threads and order.</b> The handler runs on as many virtual threads as there are workers, or on the thread that called
 * {@link #forEach}. A record is handled after all earlier records for the same path or a path above it: a directory before what
 * is in it, a file before its extended attributes. {@link #withPhases} and {@link #withKeys} add to that. Between other records
 * there is no order. If a record fails, those that waited for it are tried all the same. A record that waits occupies a worker, and
 * its content a share of memory and disk.
 *
 * <p><b>Contents.</b> One content for each worker and the next one are held, and each has an equal share of the memory and of the
 * spill files. Bytes beyond its share of memory go to a file; a handler may open such a content as often as it likes, until it
 * returns. A content that exceeds both shares, or whose file cannot be written, goes to the handler as it comes, on the calling
 * thread, while the workers continue; it can be opened once. A content that did not arrive completely fails its record; the
 * handler does not see it, or in the last case sees an {@link IOException}. So memory and disk never hold more than the given
 * bytes, apart from a buffer of 64 KiB in memory.
 *
 * <p><b>Results</b> are reported as with {@link RecordSource#forEach}, in any order: success if the handler returns, the
 * exception's sentence if it throws.
 *
 * <p><b>The end.</b> {@link #forEach} returns when every record has its result. If the host is gone, the restore is cancelled or
 * a handler throws an {@link Error}, {@link #forEach} interrupts the workers, waits for them, and throws the exception: a handler
 * must obey interruption and limit its own waits. Spill files have no name in their directory where the system allows it, as
 * Linux does, and are gone with the process however it ends; elsewhere they are deleted at the end.
 *
 * <p>Immutable.
 */
public final class ParallelExport {

    private static final long DEFAULT_MEMORY = 32L << 20;
    private static final long DEFAULT_SPILL = 1L << 30;

    private final int workers;
    private final long memory;
    private final Path spillDirectory;
    private final long spill;
    private final ToIntFunction<ConnectorRecord> phases;
    private final Function<ConnectorRecord, @Nullable String> keys;

    private ParallelExport(int workers, long memory, Path spillDirectory, long spill,
            ToIntFunction<ConnectorRecord> phases, Function<ConnectorRecord, @Nullable String> keys) {
        if (workers < 1 || memory < 0 || spill < 0) {
            throw new IllegalArgumentException(
                    "a parallel export needs at least one worker; sizes must not be negative");
        }
        this.workers = workers;
        this.memory = memory;
        this.spillDirectory = Objects.requireNonNull(spillDirectory, "spillDirectory");
        this.spill = spill;
        this.phases = Objects.requireNonNull(phases, "phases");
        this.keys = Objects.requireNonNull(keys, "keys");
    }

    /**
     * {@return an export with that many workers, 32 MiB of memory and 1 GiB of spill files in the directory for temporary files}
     *
     * @param workers how many records are handled at once, at least 1
     */
    public static ParallelExport with(int workers) {
        return new ParallelExport(workers, DEFAULT_MEMORY, Path.of(System.getProperty("java.io.tmpdir")),
                DEFAULT_SPILL, _ -> 0, _ -> null);
    }

    /** {@return the same export with that many bytes for contents in memory, which the workers share equally} */
    public ParallelExport withMemory(long bytes) {
        return new ParallelExport(workers, bytes, spillDirectory, spill, phases, keys);
    }

    /**
     * {@return the same export with other spill files}
     *
     * @param directory where they are made; it must exist once a content needs one
     * @param bytes for all of them together, which the workers share equally; zero for no spill files
     */
    public ParallelExport withSpill(Path directory, long bytes) {
        return new ParallelExport(workers, memory, directory, bytes, phases, keys);
    }

    /**
     * {@return the same export in phases} A record is handled after all earlier records of lower phases: tables before rows, rows
     * before indexes. It does not wait for records of its own phase, nor for earlier ones of higher phases, so the rows of one table
     * may be restored while the indexes of the table before it are made. The phases do not change the order in which the wire
     * brings the records, by the bytes of their paths: an importer chooses names that bring tables before rows.
     *
     * {@snippet :
     * ParallelExport.with(8).withPhases(record -> switch (nameOf(record)) {
     *     case "00-table.json" -> 1;
     *     case "90-after.sql" -> 3;
     *     default -> 2;
     * });
     * }
     *
     * @param other the phase of a record, a directory included; called once for each record, on the thread that called {@link
     *     #forEach}. If it throws, the record fails
     */
    public ParallelExport withPhases(ToIntFunction<ConnectorRecord> other) {
        return new ParallelExport(workers, memory, spillDirectory, spill, other, keys);
    }

    /**
     * {@return the same export with an order for each key} Records of the same key are handled one after the other, in the order in
     * which they come: the parts of one partition, but several partitions at once.
     *
     * @param other the key of a record, or null if it has none; called as that of {@link #withPhases}
     */
    public ParallelExport withKeys(Function<ConnectorRecord, @Nullable String> other) {
        return new ParallelExport(workers, memory, spillDirectory, spill, phases, other);
    }

    private ExportOrder order(ConnectorRecord record) {
        return new ExportOrder(record.pathname(), keys.apply(record), phases.applyAsInt(record));
    }

    /**
     * Hand every record to {@code handler} and report it to {@code results}.
     *
     * @throws IOException if the host is gone or sent something malformed
     * @throws InterruptedException if the restore was cancelled
     */
    public void forEach(RecordSource records, ResultSink results, RecordHandler handler)
            throws IOException, InterruptedException {
        // One more than workers: the next content is read while all of them are busy.
        long contents = workers + 1L;
        BufferedContent.Limits limits = new BufferedContent.Limits(memory / contents, spillDirectory, spill / contents);
        try (ExportWorkers crew = new ExportWorkers(workers)) {
            new ParallelExportRun(crew, results, handler, limits, this::order).run(records);
        }
    }
}
