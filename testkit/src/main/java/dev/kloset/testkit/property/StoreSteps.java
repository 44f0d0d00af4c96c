package dev.kloset.testkit.property;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A sequence of arbitrary calls of one store. */
public record StoreSteps(List<StoreStep> steps) {

    private static final int MEAN_STEPS = 12;
    private static final int MAX_STEPS = 60;
    private static final int MACS = 4;
    private static final int KINDS = 3;
    private static final int NAMES = 6;
    private static final int MAX_MESSAGES = 512;
    private static final int MAX_CHUNK = 1 << 20;
    private static final long BEYOND = 1000;

    public StoreSteps {
        steps = List.copyOf(steps);
    }

    /**
     * {@return steps with contents of at most {@code maxSize} bytes}
     *
     * @param edge one more size at which something changes
     */
    public static StoreSteps of(ChoiceSequence sequence, int maxSize, int edge) {
        return new Making(sequence, maxSize, edge).steps();
    }

    /** Steps under construction. The names come first, so that those of several steps become simpler together. */
    private static final class Making {

        private final ChoiceSequence sequence;
        private final int maxSize;
        private final int edge;
        private final List<StoreStep> steps = new ArrayList<>();
        private final List<StoreStep.Name> names = new ArrayList<>();
        private final Map<StoreStep.Name, Integer> sizes = new HashMap<>();

        Making(ChoiceSequence sequence, int maxSize, int edge) {
            this.sequence = sequence;
            this.maxSize = maxSize;
            this.edge = edge;
        }

        StoreSteps steps() {
            for (int i = 0; i < NAMES; i++) {
                names.add(new StoreStep.Name(1 + (int) sequence.below(KINDS), (int) sequence.below(MACS)));
            }
            sequence.repeat(MEAN_STEPS, MAX_STEPS, () -> steps.add(step()));
            return new StoreSteps(steps);
        }

        private StoreStep step() {
            int kind = (int) sequence.below(10);
            StoreStep.Name name = sequence.oneOf(names);
            return switch (kind) {
                case 0, 1, 2 -> put(name, ArbitraryBytes.of(sequence, maxSize, edge));
                case 3 -> new StoreStep.Get(name);
                case 4, 5, 6 -> range(name, sizes.getOrDefault(name, 0));
                case 7 -> new StoreStep.Delete(name);
                case 8 -> new StoreStep.Listing(name.resource());
                default -> new StoreStep.Another();
            };
        }

        /** Limit the number of messages to what a test has time for. */
        private StoreStep put(StoreStep.Name name, ArbitraryBytes content) {
            sizes.put(name, content.size());
            int least = 1 + content.size() / MAX_MESSAGES;
            return new StoreStep.Put(name, content, MAX_CHUNK - (int) sequence.below(MAX_CHUNK - least,
                    new long[]{ 0, MAX_CHUNK - least - 1, MAX_CHUNK - 65_536 }));
        }

        /** A range near the edges of the object; by default to its end. */
        private StoreStep range(StoreStep.Name name, int size) {
            long offset = sequence.below(size + BEYOND, new long[]{ 0, 1, size / 2, size - 1L, size, size + 1L });
            long rest = Math.max(1, size - offset);
            return new StoreStep.Range(name, offset, switch ((int) sequence.below(4)) {
                case 0 -> rest;
                case 1 -> rest + 1 + sequence.below(BEYOND);
                case 2 -> 1;
                default -> 1 + sequence.below(rest);
            });
        }
    }

    @Override
    public String toString() {
        return steps.stream().map(StoreStep::toString).collect(Collectors.joining("\n"));
    }
}
