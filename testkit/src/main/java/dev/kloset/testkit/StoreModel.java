package dev.kloset.testkit;

import dev.kloset.wire.grpc.StatusException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes arbitrary calls to a store and compares each answer with that of a map. Every sequence has a place of its own; at its
 * end another process must find the same.
 */
public final class StoreModel {

    /** Where a subject's windows are smaller, contents are as well: they take long there. */
    private static final int ORDINARY_WINDOW = 64 * 1024;
    private static final int SMALL = 70_000;
    private static final int LARGE = 1_100_000;

    private final Subject subject;
    private final CheckSettings settings;

    /**
     * Calls of a store, compared with those of a map.
     *
     * @param settings how the store is configured; {@code {temp}} must be in it
     */
    public StoreModel(Subject subject, CheckSettings settings) {
        this.subject = subject;
        this.settings = settings;
    }

    /** {@return the shortest sequence that was found to be answered wrongly, if any of {@code rounds} sequences is} */
    public Optional<Counterexample> search(long firstSeed, int rounds) throws InterruptedException {
        int window = subject.windowBytes();
        int maxSize = window < ORDINARY_WINDOW ? SMALL : LARGE;
        return new Property<>(choices -> StoreSteps.of(choices, maxSize, window), this::tryOne)
                .search(firstSeed, rounds);
    }

    private void tryOne(StoreSteps steps) throws Exception {
        Ground ground = new Ground(subject, settings);
        try (Bench bench = new Bench(ground)) {
            Run run = new Run(bench);
            for (StoreStep step : steps.steps()) {
                run.step(step);
            }
            run.compareAll();
        } finally {
            new CleanUp(ground).run();
        }
    }

    /** One sequence, and what must be in the store by now. */
    private static final class Run {

        private final Bench bench;
        private final Map<StoreStep.Name, byte[]> objects = new HashMap<>();
        private Session session;

        Run(Bench bench) throws Exception {
            this.bench = bench;
            this.session = Repositories.ready(bench);
        }

        void step(StoreStep step) throws Exception {
            switch (step) {
                case StoreStep.Put put -> {
                    byte[] content = put.content().bytes();
                    StoreCalls.put(session, put.name().resource(), put.name().macBytes(), content, put.chunk());
                    objects.put(put.name(), content);
                }
                case StoreStep.Get get -> compare(step, objects.get(get.name()), () -> StoreCalls.get(session,
                        get.name().resource(), get.name().macBytes()));
                case StoreStep.Range range -> compare(step, part(objects.get(range.name()), range),
                        () -> StoreCalls.range(session, range.name().resource(), range.name().macBytes(),
                                range.offset(), range.length()));
                case StoreStep.Listing listing -> compareListing(listing.resource());
                case StoreStep.Delete delete -> {
                    StoreCalls.delete(session, delete.name().resource(), delete.name().macBytes());
                    objects.remove(delete.name());
                }
                case StoreStep.Another _ -> another();
            }
        }

        private void another() throws Exception {
            session.close();
            session = Repositories.other(bench);
        }

        void compareAll() throws Exception {
            another();
            for (int resource = StoreMessages.PACKFILE; resource <= StoreMessages.LOCK; resource++) {
                compareListing(resource);
            }
            for (StoreStep.Name name : objects.keySet()) {
                step(new StoreStep.Get(name));
            }
        }

        private static byte @Nullable [] part(byte @Nullable [] content, StoreStep.Range range) {
            if (content == null) {
                return null;
            }
            int from = (int) Math.min(content.length, range.offset());
            return Arrays.copyOfRange(content, from, (int) Math.min(content.length, from + range.length()));
        }

        private static void compare(StoreStep step, byte @Nullable [] expected, Bench.Step<byte[]> call)
                throws Exception {
            byte[] seen;
            try {
                seen = call.run();
            } catch (StatusException e) {
                if (expected == null) {
                    return;
                }
                throw new ClauseFailedException(expected.length + " bytes from: " + step, Session.words(e));
            }
            if (expected == null) {
                throw new ClauseFailedException("a refusal of: " + step + " (there is no such object)",
                        seen.length + " bytes");
            }
            StoreCalls.assertContent("from: " + step, expected, seen);
        }

        private void compareListing(int resource) throws Exception {
            List<String> expected = objects.keySet()
                    .stream()
                    .filter(name -> name.resource() == resource)
                    .map(name -> HexFormat.of().formatHex(name.macBytes()))
                    .sorted()
                    .toList();
            List<String> seen = StoreCalls.list(session, resource)
                    .stream()
                    .map(HexFormat.of()::formatHex)
                    .sorted()
                    .toList();
            if (!seen.equals(expected)) {
                throw new ClauseFailedException("the objects " + expected + " in the list of kind " + resource,
                        seen.toString());
            }
        }
    }
}
