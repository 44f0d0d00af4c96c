package dev.kloset.benchmarks;

import dev.kloset.StorageResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What Plakar asks of a store, of everybody in turn.
 *
 * @param directory where the stores are made, and deleted again
 * @param packfiles how many of 64 MiB
 * @param reads how many ranges are read
 * @param states how many small objects are put, listed and deleted
 */
record StoreJob(Path directory, int packfiles, int reads, int states) {

    private static final int PACKFILE_BYTES = 64 << 20;
    private static final int STATE_BYTES = 1000;
    private static final int PACKFILES_AT_ONCE = 2;
    private static final int READERS = 64;

    List<Result> run(List<Contestant> contestants, int runs) throws IOException, InterruptedException {
        Turns<Moved> put = new Turns<>();
        Turns<Moved> get = new Turns<>();
        Turns<Moved> ranges = new Turns<>();
        Turns<Moved> putStates = new Turns<>();
        Turns<Moved> list = new Turns<>();
        Turns<Moved> delete = new Turns<>();
        for (int run = 0; run < runs; run++) {
            for (Contestant contestant : contestants) {
                Path store = Files.createTempDirectory(directory, "store");
                String who = contestant.name();
                try (StoreWork work = StoreWork.create(contestant, store.resolve("made"))) {
                    put.add(who, work.put(StorageResource.PACKFILE, packfiles, PACKFILE_BYTES, PACKFILES_AT_ONCE));
                    get.add(who, work.get(StorageResource.PACKFILE, packfiles, PACKFILES_AT_ONCE));
                    ranges.add(who, work.ranges(packfiles, PACKFILE_BYTES, reads, READERS));
                    putStates.add(who, work.put(StorageResource.STATE, states, STATE_BYTES, READERS));
                    list.add(who, work.list(StorageResource.STATE, states));
                    delete.add(who, work.delete(StorageResource.STATE, states, READERS));
                } finally {
                    Trees.delete(store);
                }
            }
        }
        List<Result> results = new ArrayList<>();
        Moved.report(put, results, "put packfiles of 64 MiB, " + PACKFILES_AT_ONCE + " at a time", "");
        Moved.report(get, results, "get packfiles of 64 MiB, " + PACKFILES_AT_ONCE + " at a time", "");
        Moved.report(ranges, results, "get ranges of 64 KiB to 4 MiB, " + READERS + " at a time", "");
        Moved.report(putStates, results, String.format("put %,d states of 1 kB, %d at a time", states, READERS),
                "objects");
        Moved.report(list, results, String.format("list %,d states", states), "objects");
        Moved.report(delete, results, String.format("delete %,d states, %d at a time", states, READERS), "objects");
        return results;
    }
}
