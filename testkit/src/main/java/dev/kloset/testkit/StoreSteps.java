package dev.kloset.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Arbitrary calls of one store, one after another. */
record StoreSteps(List<StoreStep> steps) {

    private static final int MEAN_STEPS = 12;
    private static final int MAX_STEPS = 60;
    private static final int MACS = 4;
    private static final int KINDS = 3;
    private static final int NAMES = 6;
    private static final int MAX_MESSAGES = 512;
    private static final int MAX_CHUNK = 1 << 20;
    private static final long BEYOND = 1000;

    StoreSteps {
        steps = List.copyOf(steps);
    }

    /**
     * {@return steps with contents of at most {@code maxSize} bytes}
     *
     * @param edge one more size at which something changes
     */
    static StoreSteps of(Choices choices, int maxSize, int edge) {
        return new Making(choices, maxSize, edge).steps();
    }

    /** Steps being made. The names come first, so that those of several steps become simpler together. */
    private static final class Making {

        private final Choices choices;
        private final int maxSize;
        private final int edge;
        private final List<StoreStep> steps = new ArrayList<>();
        private final List<StoreStep.Name> names = new ArrayList<>();
        private final Map<StoreStep.Name, Integer> sizes = new HashMap<>();

        Making(Choices choices, int maxSize, int edge) {
            this.choices = choices;
            this.maxSize = maxSize;
            this.edge = edge;
        }

        StoreSteps steps() {
            for (int i = 0; i < NAMES; i++) {
                names.add(new StoreStep.Name(1 + (int) choices.below(KINDS), (int) choices.below(MACS)));
            }
            choices.repeat(MEAN_STEPS, MAX_STEPS, () -> steps.add(step()));
            return new StoreSteps(steps);
        }

        private StoreStep step() {
            int kind = (int) choices.below(10);
            StoreStep.Name name = choices.oneOf(names);
            return switch (kind) {
                case 0, 1, 2 -> put(name, ArbitraryBytes.of(choices, maxSize, edge));
                case 3 -> new StoreStep.Get(name);
                case 4, 5, 6 -> range(name, sizes.getOrDefault(name, 0));
                case 7 -> new StoreStep.Delete(name);
                case 8 -> new StoreStep.Listing(name.resource());
                default -> new StoreStep.Another();
            };
        }

        /** Not in more messages than a test has time for. */
        private StoreStep put(StoreStep.Name name, ArbitraryBytes content) {
            sizes.put(name, content.size());
            int least = 1 + content.size() / MAX_MESSAGES;
            return new StoreStep.Put(name, content, MAX_CHUNK - (int) choices.below(MAX_CHUNK - least,
                    new long[]{ 0, MAX_CHUNK - least - 1, MAX_CHUNK - 65_536 }));
        }

        /** Edges of the object, before and after; to its end, if not something else. */
        private StoreStep range(StoreStep.Name name, int size) {
            long offset = choices.below(size + BEYOND, new long[]{ 0, 1, size / 2, size - 1L, size, size + 1L });
            long rest = Math.max(1, size - offset);
            return new StoreStep.Range(name, offset, switch ((int) choices.below(4)) {
                case 0 -> rest;
                case 1 -> rest + 1 + choices.below(BEYOND);
                case 2 -> 1;
                default -> 1 + choices.below(rest);
            });
        }
    }

    @Override
    public String toString() {
        return steps.stream().map(StoreStep::toString).collect(Collectors.joining("\n"));
    }
}
