package dev.kloset.cli.compare;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import dev.kloset.cli.copy.SourcePaths;
import dev.kloset.exclude.Excludes;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the records of one side, reads contents, several at once, and hands everything to a sorter. Emit from any thread; it blocks
 * while as many contents are open as may be.
 */
final class SideSink implements RecordSink, AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 16;

    private final SourcePaths paths;
    private final Excludes excludes;
    private final EntrySorter sorter;
    private final Traits traits;
    private final BooleanSupplier gone;
    private final int concurrency;
    private final Semaphore openings;
    private final ExecutorService workers = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("compare-read-", 1).factory());
    private volatile @Nullable IOException failure; // of the side as a whole

    /** @param gone says whether the whole source is gone, so that an unreadable content is not one file's failure */
    SideSink(SourcePaths paths, Excludes excludes, EntrySorter sorter, Traits traits, int concurrency,
            BooleanSupplier gone) {
        this.paths = paths;
        this.excludes = excludes;
        this.sorter = sorter;
        this.traits = traits;
        this.gone = gone;
        this.concurrency = concurrency;
        this.openings = new Semaphore(concurrency);
    }

    @Override
    public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult)
            throws IOException, InterruptedException {
        checkFailure();
        Runnable acknowledge = () -> onResult.accept(ConnectorResult.ok(record));
        String path = path(record);
        if (path == null) {
            acknowledge.run();
            return;
        }
        switch (record) {
            case ErrorRecord error -> take(Entry.of(path, error), null, acknowledge);
            case XattrRecord xattr -> take(Entry.of(path, xattr), xattr.content(), acknowledge);
            case FileRecord file -> take(Entry.of(path, file),
                    file.info().mode().isRegular() ? file.content().orElse(null) : null, acknowledge);
        }
    }

    /** {@return the path below the root, or null if the record is not compared} */
    private @Nullable String path(ConnectorRecord record) {
        boolean directory = record instanceof FileRecord file && file.info().mode().isDirectory();
        if (paths.isAboveRoot(record.pathname()) || excludes.excludes(record.pathname(), directory)) {
            return null;
        }
        if (record instanceof FileRecord && !directory && paths.isRoot(record.pathname())) {
            paths.rootIsFile();
        }
        return paths.inDestination(record.pathname());
    }

    private void take(Entry entry, @Nullable Content content, Runnable acknowledge)
            throws IOException, InterruptedException {
        if (content == null) {
            add(entry);
            acknowledge.run();
            return;
        }
        openings.acquire();
        workers.execute(() -> {
            try {
                add(read(entry, content));
            } catch (IOException e) {
                failure = e;
            } finally {
                openings.release();
                acknowledge.run();
            }
        });
    }

    private void add(Entry entry) throws IOException {
        traits.add(entry);
        sorter.add(entry);
    }

    private Entry read(Entry entry, Content content) throws IOException {
        try (InputStream in = content.open()) {
            MessageDigest digest = sha256();
            byte[] chunk = new byte[CHUNK_BYTES];
            long bytes = 0;
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
                bytes += read;
                traits.read(read);
            }
            return entry.withContent(bytes, HexFormat.of().formatHex(digest.digest()));
        } catch (IOException | RuntimeException e) {
            if (gone.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                throw new IOException(Sentence.of(e), e);
            }
            return Entry.of(entry.path(), new ErrorRecord(entry.path(), Sentence.of(e)));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Wait until every content is read. */
    void finish() throws IOException, InterruptedException {
        openings.acquire(concurrency);
        checkFailure();
    }

    private void checkFailure() throws IOException {
        IOException first = failure;
        if (first != null) {
            throw new IOException(first.getMessage(), first);
        }
    }

    /** Interrupt all reads in progress. */
    @Override
    public void close() {
        workers.shutdownNow();
    }
}
