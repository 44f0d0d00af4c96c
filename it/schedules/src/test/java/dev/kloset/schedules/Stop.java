package dev.kloset.schedules;

import dev.kloset.schedules.Plan.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The moment in a session at which one of the processes stops itself, as Ctrl-Z or a debugger would stop it. The seed decides
 * everything.
 *
 * @param call the kind of call
 * @param at after how many messages or reads, counted over all calls of that kind
 */
record Stop(Kind kind, long seed, String call, int at) {

    static final int RECORDS = 20;
    static final int CONTENT_BYTES = 30_000;
    /** Kinds of calls, and the minimum number of moments of each. */
    private static final Map<Kind, List<Lane>> LANES = Map.of(
            Kind.IMPORTER,
            List.of(new Lane("Init", 1), new Lane("Import", RECORDS), new Lane("Open", RECORDS), new Lane("Close", 1)),
            Kind.EXPORTER,
            List.of(new Lane("Init", 1), new Lane("Export", RECORDS), new Lane("Content", RECORDS),
                    new Lane("Close", 1)),
            Kind.STORAGE,
            List.of(new Lane("Init", 1), new Lane("Create", 1), new Lane("Open", 1), new Lane("Put", RECORDS),
                    new Lane("Get", RECORDS), new Lane("List", 1), new Lane("Delete", 4)));

    private record Lane(String call, int moments) {}

    /** {@return the stop for a seed} Consecutive seeds go through all kinds of calls. */
    static Stop of(Kind kind, long seed) {
        List<Lane> lanes = LANES.getOrDefault(kind, List.of());
        Lane lane = lanes.get((int) Math.floorMod(seed, (long) lanes.size()));
        return new Stop(kind, seed, lane.call(),
                new Random(seed * 31 + kind.name().hashCode()).nextInt(lane.moments()));
    }

    static int callsOf(Kind kind) {
        return LANES.getOrDefault(kind, List.of()).size();
    }

    /** {@return the settings of the connector} */
    Map<String, String> config() {
        return Map.of("location", "test://x", "records", "" + RECORDS, "content", "" + CONTENT_BYTES, "threads", "1",
                "fail", "-1", "read", "3");
    }

    /** {@return moments that stop this process once, at the moment of this stop} */
    Samples.Moments inThisProcess() {
        AtomicInteger left = new AtomicInteger(at);
        return reached -> {
            if (reached.equals(call) && left.getAndDecrement() == 0) {
                Signal.STOP.send(ProcessHandle.current().pid());
            }
        };
    }

    /** {@return the command line option for {@link PluginProgram}} */
    String option() {
        return "-Dschedules.stop=" + kind + "," + seed;
    }

    /** {@return the moments of a process: without effect, or as the option on its command line prescribes} */
    static Samples.Moments moments() {
        String[] words = System.getProperty("schedules.stop", "").split(",", -1);
        return words.length < 2
                ? call -> {}
                : Stop.of(Kind.valueOf(words[0]), Long.parseLong(words[1])).inThisProcess();
    }

    @Override
    public String toString() {
        return "stop " + seed + " of " + kind + ": in " + call + ", at moment " + at
                + " (repeat with -Dschedules.seed=" + seed + ")";
    }
}
