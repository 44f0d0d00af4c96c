package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The same tree restored by everybody in turn.
 *
 * @param perBytes whether the rate is of bytes, not of records
 */
record RestoreJob(String name, Path tree, boolean perBytes) {

    /** {@return what everybody reached, driven by our host and, if there is one, by upstream's} */
    List<Result> run(List<Contestant> contestants, Optional<GoHost> goHost, int runs)
            throws IOException, InterruptedException {
        Turns<Moved> ours = new Turns<>();
        Turns<Moved> upstreams = new Turns<>();
        for (int run = 0; run < runs; run++) {
            Moved moved = Moved.NOTHING;
            for (Contestant contestant : contestants) {
                moved = Restore.of(contestant, tree);
                ours.add(contestant.name(), moved);
                if (goHost.isPresent()) {
                    upstreams.add(contestant.name(), goHost.get().exportBy(contestant, tree));
                }
            }
            for (Limit limit : List.of(Limit.copy(tree), Limit.copyAndSync(tree))) {
                ours.add(limit.name(), limit.run(moved.items(), moved.bytes()));
            }
        }
        List<Result> results = new ArrayList<>();
        Moved.report(ours, results, name, perBytes ? "" : "records");
        Moved.report(upstreams, results, name + ", driven by grpc-go", perBytes ? "" : "records");
        return results;
    }
}
