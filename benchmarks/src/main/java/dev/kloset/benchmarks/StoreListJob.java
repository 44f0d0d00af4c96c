package dev.kloset.benchmarks;

import dev.kloset.StorageResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One store with many objects, listed by everybody in turn.
 *
 * @param directory where the store is made; it stays there for the next time
 */
record StoreListJob(Path directory, int states) {

    private static final int STATE_BYTES = 1000;
    private static final int AT_ONCE = 64;

    /**
     * {@return what everybody reached}
     *
     * @param maker fills the store
     */
    List<Result> run(Contestant maker, List<Contestant> contestants, int runs)
            throws IOException, InterruptedException {
        Path made = make(maker);
        Turns<Moved> list = Turns.of(contestants, runs, who -> {
            try (StoreWork work = StoreWork.open(who, made)) {
                return work.list(StorageResource.STATE, states);
            }
        });
        List<Result> results = new ArrayList<>();
        Moved.report(list, results, String.format("list %,d states", states), "objects");
        return results;
    }

    private Path make(Contestant maker) throws IOException, InterruptedException {
        Path store = directory.resolve("store-" + states);
        Path done = directory.resolve("store-" + states + ".made");
        if (Files.exists(done)) {
            return store;
        }
        if (Files.exists(store)) {
            Trees.delete(store); // a run that was broken off
        }
        try (StoreWork work = StoreWork.create(maker, store)) {
            work.put(StorageResource.STATE, states, STATE_BYTES, AT_ONCE);
        }
        Files.createFile(done);
        return store;
    }
}
