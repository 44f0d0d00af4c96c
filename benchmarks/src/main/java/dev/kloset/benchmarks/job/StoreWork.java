package dev.kloset.benchmarks.job;

import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.StopWatch;
import dev.kloset.benchmarks.measure.Transfer;
import dev.kloset.host.PluginProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

/** A store plugin at work, driven by our host. */
public final class StoreWork implements AutoCloseable {

    private static final int BLOCK = 1 << 20;
    private static final long SEED = 20261125;

    private final PluginProcess process;
    private final Store store;

    private StoreWork(PluginProcess process, Store store) {
        this.process = process;
        this.store = store;
    }

    /** {@return a fresh process with a new store in {@code directory}} */
    public static StoreWork create(Candidate candidate, Path directory) throws IOException, InterruptedException {
        PluginProcess process = candidate.start(Map.of());
        return create(process, candidate.store(process, directory));
    }

    /** {@return a process with a new store} Closes both. */
    public static StoreWork create(PluginProcess process, Store store) throws IOException, InterruptedException {
        store.create("configuration".getBytes(StandardCharsets.UTF_8));
        return new StoreWork(process, store);
    }

    /** {@return a fresh process with the store in {@code directory}} */
    static StoreWork open(Candidate candidate, Path directory) throws IOException, InterruptedException {
        PluginProcess process = candidate.start(Map.of());
        Store store = candidate.store(process, directory);
        store.open();
        return new StoreWork(process, store);
    }

    /** Put objects of {@code size} bytes, {@code atOnce} at a time. */
    public Transfer put(StorageResource resource, int count, int size, int atOnce)
            throws IOException, InterruptedException {
        byte[] content = new byte[size];
        new Random(SEED).nextBytes(content);
        StopWatch watch = StopWatch.start(process.pid());
        WorkerPool.forEach(count, atOnce, i -> store.put(resource, mac(i), new ByteArrayInputStream(content)));
        return watch.stop(count, (long) count * size);
    }

    public Transfer get(StorageResource resource, int count, int atOnce) throws IOException, InterruptedException {
        AtomicLong bytes = new AtomicLong();
        StopWatch watch = StopWatch.start(process.pid());
        WorkerPool.forEach(count, atOnce, i -> bytes.addAndGet(drain(store.get(resource, mac(i), null))));
        return watch.stop(count, bytes.get());
    }

    /** Read {@code reads} ranges of 64 KiB to 4 MiB from {@code count} packfiles of {@code size} bytes. */
    Transfer ranges(int count, int size, int reads, int atOnce) throws IOException, InterruptedException {
        return ranges(count, size, reads, random -> 1 << random.nextInt(16, 23), atOnce);
    }

    /** The same with ranges of other lengths. */
    public Transfer ranges(int count, int size, int reads, ToIntFunction<Random> lengths, int atOnce)
            throws IOException, InterruptedException {
        AtomicLong bytes = new AtomicLong();
        StopWatch watch = StopWatch.start(process.pid());
        WorkerPool.forEach(reads, atOnce, i -> {
            Random random = new Random(SEED + i);
            int length = lengths.applyAsInt(random);
            Range range = new Range(random.nextInt(size - length), length);
            bytes.addAndGet(drain(store.get(StorageResource.PACKFILE, mac(i % count), range)));
        });
        return watch.stop(reads, bytes.get());
    }

    public Transfer list(StorageResource resource, int count) throws IOException, InterruptedException {
        StopWatch watch = StopWatch.start(process.pid());
        int found = store.list(resource).size();
        if (found != count) {
            throw new IOException("the store lists " + found + " of " + count + " objects");
        }
        return watch.stop(count, 0);
    }

    Transfer delete(StorageResource resource, int count, int atOnce) throws IOException, InterruptedException {
        StopWatch watch = StopWatch.start(process.pid());
        WorkerPool.forEach(count, atOnce, i -> store.delete(resource, mac(i)));
        return watch.stop(count, 0);
    }

    /** {@return a MAC whose first byte is distributed like those of real objects} */
    private static ObjectMac mac(int number) {
        ByteBuffer bytes = ByteBuffer.allocate(ObjectMac.BYTES);
        new Random(number).nextBytes(bytes.array());
        bytes.putInt(ObjectMac.BYTES - Integer.BYTES, number);
        return ObjectMac.of(bytes.array());
    }

    private static long drain(InputStream in) throws IOException {
        try (in) {
            byte[] buffer = new byte[BLOCK];
            long bytes = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
            }
            return bytes;
        }
    }

    @Override
    public void close() throws IOException {
        try (process; store) {
            // Closes the store first, then its process.
        }
    }
}
