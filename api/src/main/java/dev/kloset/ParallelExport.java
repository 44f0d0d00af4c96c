package dev.kloset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Restores several records at once, although the wire brings them one by one: takes each content off the wire and hands it to
 * a worker. The way to use it is that of {@link RecordSource#forEach}:
 *
 * {@snippet :
 * ParallelExport.with(16).forEach(records, results, record -> upload(record));
 * }
 *
 * <p><b>Threads and order.</b> The handler runs on as many virtual threads as there are workers, or on the thread that called
 * {@link #forEach}. A record is handled after all that came before it for the same path or a path above it: a
 * directory before what is in it, a file before its extended attributes. Between other records there is no order. A
 * directory that failed does not keep its contents from being tried.
 *
 * <p><b>Contents.</b> One for each worker and the next one are held, and each has an equal share of the memory and of the spill files.
 * What goes beyond its share of memory is written to a file; a handler may open such a content as often as it
 * likes, until it returns. A content that goes beyond both shares, or whose file cannot be written, is handed over as it
 * comes, on the calling thread, while the workers go on; it can be opened once. A content that did not arrive completely fails its
 * record; the handler does not see it, or in the last case sees an {@link IOException}. So never more than the given
 * bytes are in memory, beside a buffer of 64 KiB, and on disk.
 *
 * <p><b>Results</b> are given as with {@link RecordSource#forEach}, in any order: ok if the handler returns, its sentence if it throws.
 *
 * <p><b>The end.</b> {@link #forEach} returns when every record has its result. If the host is gone, the restore is cancelled or
 * a handler throws an {@link Error}, the workers are interrupted, waited for, and the exception is thrown: a handler must
 * obey interruption and limit its own waits. Spill files have no name in their directory where the system allows it, as
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

    private ParallelExport(int workers, long memory, Path spillDirectory, long spill) {
        if (workers < 1 || memory < 0 || spill < 0) {
            throw new IllegalArgumentException("a parallel export needs a worker, and no negative sizes");
        }
        this.workers = workers;
        this.memory = memory;
        this.spillDirectory = Objects.requireNonNull(spillDirectory, "spillDirectory");
        this.spill = spill;
    }

    /**
     * {@return an export with so many workers, 32 MiB of memory and 1 GiB of spill files in the directory for temporary files}
     *
     * @param workers how many records are handled at once, at least 1
     */
    public static ParallelExport with(int workers) {
        return new ParallelExport(workers, DEFAULT_MEMORY, Path.of(System.getProperty("java.io.tmpdir")),
                DEFAULT_SPILL);
    }

    /** {@return the same with so many bytes for contents in memory, shared equally by the workers} */
    public ParallelExport withMemory(long bytes) {
        return new ParallelExport(workers, bytes, spillDirectory, spill);
    }

    /**
     * {@return the same with other spill files}
     *
     * @param directory where they are made; it must exist once a content needs one
     * @param bytes for all of them together, shared equally by the workers; zero for none
     */
    public ParallelExport withSpill(Path directory, long bytes) {
        return new ParallelExport(workers, memory, directory, bytes);
    }

    /**
     * Hand every record to {@code handler} and report it to {@code results}.
     *
     * @throws IOException if the host is gone or sent something malformed
     * @throws InterruptedException if the restore was cancelled
     */
    public void forEach(RecordSource records, ResultSink results, RecordHandler handler)
            throws IOException, InterruptedException {
        // One more than workers: the next content is taken while all of them are busy.
        long contents = workers + 1L;
        TakenContent.Limits limits = new TakenContent.Limits(memory / contents, spillDirectory, spill / contents);
        try (ExportWorkers crew = new ExportWorkers(workers)) {
            new ParallelExportRun(crew, results, handler, limits).run(records);
        }
    }
}
