package dev.kloset.schedules;

import dev.kloset.wire.grpc.GrpcLimits;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What happens in one session. The seed decides everything before the session begins.
 *
 * @param records how many records or objects there are
 * @param contentBytes the maximum size of their contents
 * @param threads how many threads the author's code, or the caller's, uses
 * @param failAt after how many records the author's code fails; negative: never
 * @param read how much of each content is read: 0 nothing, 1 a part, 2 all
 * @param pipeBytes the capacity of a pipe
 * @param readBytes how many bytes a read from a pipe takes at most
 * @param window how much may be sent on a stream before the other end reads
 * @param cutAfter after how many bytes towards the tested end the pipes break; negative: never
 * @param faults what happens at the message boundaries of each kind of call, counted over all calls of the kind
 */
record Plan(Kind kind, Role role, long seed, int records, int contentBytes, int threads, int failAt, int read,
        int pipeBytes, int readBytes, int window, int cutAfter, Map<String, Map<Integer, Fault>> faults) {

    /** The kind of connector in the session. */
    enum Kind {
        IMPORTER, EXPORTER, STORAGE
    }

    /** {@return the kinds of calls, and of messages, at whose boundaries something may happen} */
    private static List<String> lanes(Kind kind) {
        return switch (kind) {
            case IMPORTER -> List.of("Init", "Import", "Open", "Close");
            case EXPORTER -> List.of("Init", "Export", "Result", "Close");
            case STORAGE -> List.of("Init", "Put", "Get", "List", "Delete", "Close");
        };
    }

    /** Which end is hostile; the other one is ours and under test. */
    enum Role {
        HOSTILE_HOST, HOSTILE_PLUGIN
    }

    private static final int[] PIPES = { 64, 700, 4096, 65_536 };
    private static final int[] READS = { 1, 13, 1000, Integer.MAX_VALUE };
    private static final int[] WINDOWS = { 100, 3000, 65_535, 262_144 };
    private static final List<Fault> ALL = Stream.of(Fault.values()).filter(fault -> fault != Fault.NONE).toList();
    private static final List<Fault> HARMLESS = List.of(Fault.DELAY, Fault.STALL, Fault.REORDER);

    static Plan of(Kind kind, Role role, long seed) {
        Random random = new Random(seed * 31 + (kind + " " + role).hashCode());
        int records = 1 + random.nextInt(40);
        int pipe = PIPES[random.nextInt(PIPES.length)];
        // Carrying bytes one by one through a tiny pipe takes long, so there are fewer of them.
        int contentBytes = pipe < 1000 ? random.nextInt(3000) : random.nextInt(60_000);
        boolean harmless = random.nextInt(5) == 0;
        int failAt = !harmless && random.nextInt(6) == 0 ? random.nextInt(records + 1) : -1;
        Map<String, Map<Integer, Fault>> faults = new TreeMap<>();
        int count = 1 + random.nextInt(harmless ? 12 : 4);
        for (int i = 0; i < count; i++) {
            List<String> lanes = lanes(kind);
            String lane = random.nextInt(3) > 0
                    ? lanes.get(1 + random.nextInt(lanes.size() - 2))
                    : lanes.get(random.nextInt(lanes.size()));
            int boundary = lane.equals("Init") || lane.equals("Close")
                    ? random.nextInt(2)
                    : random.nextInt(records + 3);
            Fault fault = harmless
                    ? HARMLESS.get(random.nextInt(HARMLESS.size()))
                    : ALL.get(random.nextInt(ALL.size()));
            faults.computeIfAbsent(lane, _ -> new TreeMap<>()).put(boundary, fault);
        }
        int cutAfter = !harmless && random.nextInt(8) == 0 ? random.nextInt(20_000) : -1;
        return new Plan(kind, role, seed, records, contentBytes, 1 + random.nextInt(4), failAt, random.nextInt(3), pipe,
                READS[random.nextInt(READS.length)], WINDOWS[random.nextInt(WINDOWS.length)], cutAfter, faults);
    }

    /** {@return whether the outcome must be as if nothing had happened} */
    boolean isHarmless() {
        return failAt < 0 && cutAfter < 0
                && faults.values().stream().flatMap(lane -> lane.values().stream()).allMatch(Fault::isHarmless);
    }

    boolean has(Fault fault) {
        return faults.values().stream().anyMatch(lane -> lane.containsValue(fault));
    }

    GrpcLimits limits() {
        return GrpcLimits.builder().initialStreamWindow(window).maxStreamWindow(Math.max(window, 65_536)).build();
    }

    /** {@return the settings that make a connector behave as this plan prescribes} */
    Map<String, String> config() {
        return Map.of("location", "test://x", "records", "" + records, "content", "" + contentBytes, "threads",
                "" + threads, "fail", "" + failAt, "read", "" + read);
    }

    /** {@return the command that repeats only this schedule} */
    String command() {
        return "mvn -B -pl it/schedules -am -Dtest=SchedulesTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dschedules.only=" + kind + "," + role + "," + seed + " verify";
    }
}
