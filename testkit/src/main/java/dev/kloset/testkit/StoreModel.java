package dev.kloset.testkit;

import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.ClauseFailedException;
import dev.kloset.testkit.connection.CleanUp;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.Repositories;
import dev.kloset.testkit.connection.RunContext;
import dev.kloset.testkit.connection.StoreCalls;
import dev.kloset.testkit.connection.StoreMessages;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Counterexample;
import dev.kloset.testkit.property.Property;
import dev.kloset.testkit.property.StoreStep;
import dev.kloset.testkit.property.StoreSteps;
import dev.kloset.testkit.subject.Subject;
import dev.kloset.wire.grpc.StatusException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes arbitrary calls to a store and compares each answer with that of a map. Every sequence has a directory of its own; at
 * its end a second process must find the same objects.
 */
public final class StoreModel {

    /** A subject with smaller windows gets smaller contents, because large ones take long there. */
    private static final int ORDINARY_WINDOW = 64 * 1024;
    private static final int SMALL = 70_000;
    private static final int LARGE = 1_100_000;

    private final Subject subject;
    private final CheckSettings settings;

    /**
     * A comparison of a store with a map.
     *
     * @param settings how the store is configured; {@code {temp}} must be in it
     */
    public StoreModel(Subject subject, CheckSettings settings) {
        this.subject = subject;
        this.settings = settings;
    }

    /** {@return the shortest sequence found that the store answers wrongly; empty if it answers all {@code rounds} correctly} */
    public Optional<Counterexample> search(long firstSeed, int rounds) throws InterruptedException {
        int window = subject.windowBytes();
        int maxSize = window < ORDINARY_WINDOW ? SMALL : LARGE;
        return new Property<>(sequence -> StoreSteps.of(sequence, maxSize, window), this::tryOne)
                .search(firstSeed, rounds);
    }

    private void tryOne(StoreSteps steps) throws Exception {
        RunContext runContext = new RunContext(subject, settings);
        try (CheckContext context = new CheckContext(runContext)) {
            Run run = new Run(context);
            for (StoreStep step : steps.steps()) {
                run.step(step);
            }
            run.compareAll();
        } finally {
            new CleanUp(runContext).run();
        }
    }

    /** One sequence of calls, and what the store must hold by now. */
    private static final class Run {

        private final CheckContext context;
        private final Map<StoreStep.Name, byte[]> objects = new HashMap<>();
        private PluginConnection connection;

        Run(CheckContext context) throws Exception {
            this.context = context;
            this.connection = Repositories.ready(context);
        }

        void step(StoreStep step) throws Exception {
            switch (step) {
                case StoreStep.Put put -> {
                    byte[] content = put.content().bytes();
                    StoreCalls.put(connection, put.name().resource(), put.name().macBytes(), content, put.chunk());
                    objects.put(put.name(), content);
                }
                case StoreStep.Get get -> compare(step, objects.get(get.name()), () -> StoreCalls.get(connection,
                        get.name().resource(), get.name().macBytes()));
                case StoreStep.Range range -> compare(step, part(objects.get(range.name()), range),
                        () -> StoreCalls.range(connection, range.name().resource(), range.name().macBytes(),
                                range.offset(), range.length()));
                case StoreStep.Listing listing -> compareListing(listing.resource());
                case StoreStep.Delete delete -> {
                    StoreCalls.delete(connection, delete.name().resource(), delete.name().macBytes());
                    objects.remove(delete.name());
                }
                case StoreStep.Another _ -> another();
            }
        }

        private void another() throws Exception {
            connection.close();
            connection = Repositories.other(context);
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

        private static void compare(StoreStep step, byte @Nullable [] expected, CheckContext.Step<byte[]> call)
                throws Exception {
            byte[] seen;
            try {
                seen = call.run();
            } catch (StatusException e) {
                if (expected == null) {
                    return;
                }
                throw new ClauseFailedException(expected.length + " bytes from: " + step, PluginConnection.words(e));
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
            List<String> seen = StoreCalls.list(connection, resource)
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
