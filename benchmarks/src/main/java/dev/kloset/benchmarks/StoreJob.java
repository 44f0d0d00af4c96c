package dev.kloset.benchmarks;

import dev.kloset.StorageResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Plakar asks of a store, of everybody in turn.
 *
 * @param directory where the stores are made, and deleted again
 * @param packfiles how many of 64 MiB
 * @param reads how many ranges are read
 * @param states how many small objects are put, listed and deleted
 */
record StoreJob(Path directory, int packfiles, int reads, int states) {

    /** How many pieces the work has: put, get and ranges of packfiles, then put, list and delete of states. */
    static final int PIECES = 6;

    private static final int STATES_FROM = 3;
    private static final int PACKFILE_BYTES = 64 << 20;
    private static final int STATE_BYTES = 1000;
    private static final int PACKFILES_AT_ONCE = 2;
    private static final int READERS = 64;

    /** {@return what everybody reached, driven by our host and, if there is one, by upstream's} */
    List<Result> run(List<Contestant> contestants, Optional<GoHost> goHost, int runs)
            throws IOException, InterruptedException {
        List<Turns<Moved>> ours = turns();
        List<Turns<Moved>> upstreams = turns();
        for (int run = 0; run < runs; run++) {
            for (Contestant contestant : contestants) {
                add(ours, contestant, store -> byOurHost(contestant, store));
                if (goHost.isPresent()) {
                    add(upstreams, contestant, store -> goHost.get().storeBy(contestant, store, this));
                }
            }
        }
        List<Result> results = new ArrayList<>();
        report(ours, results, "");
        report(upstreams, results, ", driven by grpc-go");
        return results;
    }

    private static List<Turns<Moved>> turns() {
        return Stream.generate(Turns<Moved>::new).limit(PIECES).toList();
    }

    private void add(List<Turns<Moved>> turns, Contestant contestant, Turns.Attempt<Path, List<Moved>> attempt)
            throws IOException, InterruptedException {
        Path store = Files.createTempDirectory(directory, "store");
        try {
            List<Moved> moved = attempt.by(store.resolve("made"));
            for (int piece = 0; piece < PIECES; piece++) {
                turns.get(piece).add(contestant.name(), moved.get(piece));
            }
        } finally {
            Trees.delete(store);
        }
    }

    private List<Moved> byOurHost(Contestant contestant, Path store) throws IOException, InterruptedException {
        try (StoreWork work = StoreWork.create(contestant, store)) {
            return List.of(work.put(StorageResource.PACKFILE, packfiles, PACKFILE_BYTES, PACKFILES_AT_ONCE),
                    work.get(StorageResource.PACKFILE, packfiles, PACKFILES_AT_ONCE),
                    work.ranges(packfiles, PACKFILE_BYTES, reads, READERS),
                    work.put(StorageResource.STATE, states, STATE_BYTES, READERS),
                    work.list(StorageResource.STATE, states), work.delete(StorageResource.STATE, states, READERS));
        }
    }

    private void report(List<Turns<Moved>> turns, List<Result> results, String drivenBy) {
        String[] names = { "put packfiles of 64 MiB, " + PACKFILES_AT_ONCE + " at a time",
            "get packfiles of 64 MiB, " + PACKFILES_AT_ONCE + " at a time",
            "get ranges of 64 KiB to 4 MiB, " + READERS + " at a time",
            String.format("put %,d states of 1 kB, %d at a time", states, READERS),
            String.format("list %,d states", states),
            String.format("delete %,d states, %d at a time", states, READERS) };
        for (int piece = 0; piece < PIECES; piece++) {
            Moved.report(turns.get(piece), results, names[piece] + drivenBy, piece < STATES_FROM ? "" : "objects");
        }
    }
}
