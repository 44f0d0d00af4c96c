package dev.kloset.schedules;

import static dev.kloset.schedules.Trick.*;

import dev.kloset.schedules.Plan.Kind;
import dev.kloset.wire.grpc.GrpcLimits;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a hostile author does in one session, and what happens to the session meanwhile. The seed decides everything.
 *
 * @param records how many records or objects there are
 * @param contentBytes the maximum size of their contents
 * @param hostThreads how many threads of the host use a store
 * @param hold how many acknowledgements the host holds back
 * @param virtual whether the author's own threads are virtual
 * @param event what happens to the session
 * @param eventAt at which boundary of the host it happens; negative: while the author misbehaves
 * @param tricks what the author does at its moments, counted for each sort of moment
 */
record AuthorPlan(Kind kind, long seed, int records, int contentBytes, int hostThreads, int hold, int pipeBytes,
        int readBytes, int window, boolean virtual, Event event, int eventAt,
        Map<String, Map<Integer, Trick>> tricks) {

    /** What happens to a session whose host is honest. */
    enum Event {
        NONE,
        /** The user interrupts the host, which resets the calls it has begun. */
        CANCEL,
        /** The host closes the connector while the connector works. */
        CLOSE,
        /** The host ends: both pipes are closed. */
        END,
        /** The host is killed: both pipes break and lose their contents. */
        KILL
    }

    private static final int MANY = 1100; // more than the SDK lets out without an acknowledgement
    private static final int FULL_ROOM_EVERY = 40; // seeds; by chance alone, the room is hardly ever full when the listing ends
    private static final int[] PIPES = { 256, 4096, 65_536 };
    private static final int[] READS = { 13, 1000, Integer.MAX_VALUE };
    private static final int[] WINDOWS = { 300, 5000, 65_535, 262_144 };
    private static final List<Trick> THROWN = List.of(IO_EXCEPTION, RUNTIME_EXCEPTION, ASSERTION_ERROR, STACK_OVERFLOW,
            LINKAGE_ERROR, INTERRUPTED_EXCEPTION);
    private static final List<Trick> ENDLESS = List.of(HANG, DEAF, SPIN, CHANNEL);

    /** The sorts of moments of each kind of connector, with the tricks for each; the first sort is the most frequent one. */
    private static final Map<Kind, Map<String, List<Trick>>> REPERTOIRE = Map.of(
            Kind.IMPORTER,
            Map.of("1 Listing", with(THROWN, ENDLESS, List.of(FLAG, LATE, CROWD, DYING_WORKER, TWICE, MISFIT, UP_CALL)),
                    "2 Content", with(THROWN, ENDLESS, List.of(FLAG, NULL, PART)),
                    "3 Listener",
                    with(THROWN, List.of(FLAG, EMIT_IN_LISTENER, EMIT_IN_LISTENER, EMIT_IN_LISTENER, HANG, CHANNEL)),
                    "4 Call", with(THROWN, List.of(FLAG, NULL, HANG))),
            Kind.EXPORTER,
            Map.of("1 Record", with(THROWN, ENDLESS,
                    List.of(FLAG, FLAG, LATE, CROWD, READ_ASIDE, TWO_READERS, LEAVE_A_READER, LEAVE_A_READER,
                            THROW_BESIDE_A_READER, READ_AFTERWARDS, READ_AFTERWARDS, PART, ANSWER_ASIDE, ANSWER_TWICE,
                            NO_ANSWER, NEXT_ASIDE)),
                    "4 Call", with(THROWN, List.of(FLAG, NULL, HANG))),
            Kind.STORAGE,
            Map.of("1 Put", with(THROWN, ENDLESS,
                    List.of(FLAG, FLAG, LATE, CROWD, READ_ASIDE, TWO_READERS, TWO_READERS, LEAVE_A_READER,
                            LEAVE_A_READER, THROW_BESIDE_A_READER, THROW_BESIDE_A_READER, READ_AFTERWARDS, PART)),
                    "2 Get", with(THROWN, ENDLESS, List.of(FLAG, NULL, PART)),
                    "4 Call", with(THROWN, ENDLESS, List.of(FLAG, NULL))));

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static List<Trick> with(List<Trick>... lists) {
        return Stream.of(lists).flatMap(List::stream).toList();
    }

    static AuthorPlan of(Kind kind, long seed) {
        Random random = new Random(seed * 31 + ("author of " + kind).hashCode());
        if (kind == Kind.IMPORTER && seed % FULL_ROOM_EVERY == 7) {
            return fullRoom(seed, random);
        }
        boolean many = kind == Kind.IMPORTER && random.nextInt(40) == 0;
        int records = many ? MANY + random.nextInt(100) : 1 + random.nextInt(20);
        int contentBytes = many ? 0 : random.nextInt(random.nextBoolean() ? 2000 : 20_000);
        Map<String, Map<Integer, Trick>> tricks = new TreeMap<>();
        List<Map.Entry<String, List<Trick>>> sorts = REPERTOIRE.getOrDefault(kind, Map.of())
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .toList();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            var sort = sorts.get(random.nextInt(3) > 0 ? 0 : random.nextInt(sorts.size()));
            if (many && i == 0) {
                // This happens only when there is no room for another record.
                sort = sorts.get(random.nextBoolean() ? 0 : 2);
            }
            int at = sort.getKey().contains("Listener")
                    ? random.nextInt(3)
                    : sort.getKey().contains("Call") ? random.nextInt(8) : random.nextInt(Math.min(records, 25));
            Trick trick = many && i == 0 && random.nextBoolean()
                    ? sort.getKey().contains("Listener") ? EMIT_IN_LISTENER : CROWD
                    : sort.getValue().get(random.nextInt(sort.getValue().size()));
            tricks.computeIfAbsent(sort.getKey().substring(2), _ -> new TreeMap<>()).put(at, trick);
        }
        Event event = random.nextInt(5) > 1 ? Event.NONE : Event.values()[random.nextInt(Event.values().length)];
        if (event == Event.CLOSE && isEndless(tricks) && random.nextInt(20) > 0) {
            event = Event.CANCEL; // a close waits five seconds for work that does not end
        }
        int eventAt = event == Event.NONE || random.nextInt(3) == 0 ? -1 : random.nextInt(records + 1);
        int hold = many ? MANY / 2 + random.nextInt(MANY) : random.nextInt(3) == 0 ? random.nextInt(20) : 0;
        int pipe = PIPES[random.nextInt(many ? 2 : 0, PIPES.length)];
        return new AuthorPlan(kind, seed, records, contentBytes, 1 + random.nextInt(3), hold, pipe,
                READS[random.nextInt(many ? 2 : 0, READS.length)], WINDOWS[random.nextInt(WINDOWS.length)],
                random.nextBoolean(), event, eventAt, tricks);
    }

    /** Plan that the listing ends while threads wait for room; sometimes a listener misbehaves as well, or an event happens. */
    private static AuthorPlan fullRoom(long seed, Random random) {
        int records = 1 + random.nextInt(20);
        Map<String, Map<Integer, Trick>> tricks = new TreeMap<>();
        tricks.put("Listing", Map.of(random.nextInt(records), FULL_ROOM));
        if (random.nextInt(3) == 0) {
            List<Trick> listeners = REPERTOIRE.getOrDefault(Kind.IMPORTER, Map.of()).getOrDefault("3 Listener", THROWN);
            tricks.put("Listener", Map.of(random.nextInt(3), listeners.get(random.nextInt(listeners.size()))));
        }
        Event event = random.nextInt(5) > 1 ? Event.NONE : Event.values()[random.nextInt(Event.values().length)];
        return new AuthorPlan(Kind.IMPORTER, seed, records, 0, 1, MANY, PIPES[2], READS[2],
                WINDOWS[random.nextInt(WINDOWS.length)], random.nextBoolean(), event,
                event == Event.NONE ? -1 : random.nextInt(MANY), tricks);
    }

    /** {@return a plan with one trick and without an event} */
    static AuthorPlan with(Kind kind, long seed, int records, int contentBytes, String sort, int moment, Trick trick) {
        return new AuthorPlan(kind, seed, records, contentBytes, 1, MANY, PIPES[2], READS[2], WINDOWS[2], true,
                Event.NONE, -1, Map.of(sort, Map.of(moment, trick)));
    }

    private static boolean isEndless(Map<String, Map<Integer, Trick>> tricks) {
        return tricks.values().stream().flatMap(sort -> sort.values().stream()).anyMatch(Trick::isEndless);
    }

    boolean isEndless() {
        return isEndless(tricks);
    }

    /** {@return whether the plan may occupy a processor that other sessions in this process need} */
    boolean isGreedy() {
        return has(SPIN) || has(UP_CALL);
    }

    private boolean has(Trick trick) {
        return tricks.values().stream().anyMatch(sort -> sort.containsValue(trick));
    }

    /** {@return whether contents may be read before the host asks for them} */
    boolean readsAhead() {
        return seed % 2 == 1;
    }

    /** {@return whether everything in the plan must leave the outcome unchanged} */
    boolean isHarmlessBut(List<Trick> allowed) {
        return event == Event.NONE
                && tricks.values().stream().flatMap(sort -> sort.values().stream()).allMatch(allowed::contains);
    }

    GrpcLimits limits() {
        return GrpcLimits.builder().initialStreamWindow(window).maxStreamWindow(Math.max(window, 65_536)).build();
    }

    /** {@return the command that repeats only this schedule} */
    String command() {
        return "mvn -B -pl it/schedules -am -Dtest=HostileAuthorTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dschedules.only=" + kind + "," + seed + " verify";
    }
}
