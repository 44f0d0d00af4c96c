package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The same tree imported by everybody in turn.
 *
 * @param readers how many contents are open at a time; zero: none is opened
 * @param perBytes whether the rate is of bytes, not of records
 */
record ImportJob(String name, Path source, int readers, boolean perBytes, List<Limit> limits) {

    ImportJob {
        limits = List.copyOf(limits);
    }

    /** {@return what everybody reached, driven by our host and, if there is one, by upstream's} */
    List<Result> run(List<Contestant> contestants, Optional<GoHost> goHost, int runs)
            throws IOException, InterruptedException {
        Turns<Moved> ours = new Turns<>();
        Turns<Moved> upstreams = new Turns<>();
        for (int run = 0; run < runs; run++) {
            List<Moved> round = new ArrayList<>();
            for (Contestant contestant : contestants) {
                Moved moved = Import.of(contestant, source, readers);
                ours.add(contestant.name(), moved);
                round.add(moved);
                if (goHost.isPresent()) {
                    Moved upstream = goHost.get().importBy(contestant, source, readers);
                    upstreams.add(contestant.name(), upstream);
                    round.add(upstream);
                }
            }
            Moved first = round.getFirst();
            for (Moved moved : round) {
                checkSame(first, moved);
            }
            for (Limit limit : limits) {
                ours.add(limit.name(), limit.run(first.items(), first.bytes()));
            }
        }
        List<Result> results = new ArrayList<>();
        Moved.report(ours, results, name, perBytes ? "" : "records");
        Moved.report(upstreams, results, name + ", driven by grpc-go", perBytes ? "" : "records");
        return results;
    }

    /** {@return what everybody reached, driven by upstream's host or, if there is none, by ours} For what takes long. */
    List<Result> runOnce(List<Contestant> contestants, Optional<GoHost> goHost, int runs)
            throws IOException, InterruptedException {
        Turns<Moved> turns = Turns.of(contestants, runs, who -> goHost.isPresent()
                ? goHost.get().importBy(who, source, readers)
                : Import.of(who, source, readers));
        List<Result> results = new ArrayList<>();
        Moved.report(turns, results, name + (goHost.isPresent() ? ", driven by grpc-go" : ""),
                perBytes ? "" : "records");
        return results;
    }

    /** Who imports less must not be the faster for it. */
    private static void checkSame(Moved first, Moved moved) throws IOException {
        if (moved.items() != first.items() || moved.bytes() != first.bytes()) {
            throw new IOException("of one tree, one import had " + first.items() + " records with " + first.bytes()
                    + " bytes, another one " + moved.items() + " with " + moved.bytes());
        }
    }
}
