package dev.kloset.schedules;

import dev.kloset.schedules.Plan.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where in a session one of the processes stops itself, as with Ctrl-Z or by a debugger: all of it decided by the seed.
 *
 * @param call in which kind of call
 * @param at after how many messages or reads of all calls of that kind
 */
record Stop(Kind kind, long seed, String call, int at) {

    static final int RECORDS = 20;
    static final int CONTENT_BYTES = 30_000;
    /** Kinds of calls, and how many moments each has at least. */
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

    /** {@return the stop of a seed; as many seeds in a row as there are kinds of calls have one in each} */
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

    /** {@return what stops this very process at that moment, once} */
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

    /** {@return what a process does at its moments: nothing, or what the option of its command line says} */
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
