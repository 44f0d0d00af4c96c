package dev.kloset.testkit.property;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Numbers from which a value is made, drawn one after another and recorded. Code that makes values takes 0 for the simplest
 * choice. So removing numbers and lowering others finds a smaller value, whatever the value is. For one thread.
 */
public final class ChoiceSequence {

    /** Numbers that belong together, such as those of one file, from one index to another. */
    record Span(int from, int to) {
        int length() {
            return to - from;
        }
    }

    /** Supplies the next number. */
    private interface Source {
        /** {@return a number below {@code bound}} */
        long next(int index, long bound, long[] favourites);
    }

    private final Source source;
    private final List<Long> drawn = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();

    private ChoiceSequence(Source source) {
        this.source = source;
    }

    /** {@return choices that differ from seed to seed and are always the same for one seed} */
    static ChoiceSequence of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new ChoiceSequence((index, bound, favourites) -> {
            if (favourites.length > 0 && random.nextInt(4) > 0) {
                return Math.clamp(favourites[random.nextInt(favourites.length)], 0, bound - 1);
            }
            return random.nextLong(bound);
        });
    }

    /** {@return choices made before, followed by zeros} */
    static ChoiceSequence of(List<Long> made) {
        List<Long> numbers = List.copyOf(made);
        return new ChoiceSequence((index, bound, favourites) -> index < numbers.size()
                ? Math.clamp(numbers.get(index), 0, bound - 1)
                : 0);
    }

    /** {@return a number from 0 to {@code bound - 1}} */
    long below(long bound) {
        return below(bound, new long[0]);
    }

    /** {@return a number from 0 to {@code bound - 1}, mostly one of {@code favourites}} */
    long below(long bound, long[] favourites) {
        long number = source.next(drawn.size(), bound, favourites);
        drawn.add(number);
        return number;
    }

    /** {@return true once in {@code times}; false is the simpler one} */
    boolean oneIn(int times) {
        return below(times) == times - 1;
    }

    /** {@return one of the values; the first is the simplest} */
    <T> T oneOf(List<T> values) {
        return values.get((int) below(values.size()));
    }

    /** {@return what {@code maker} makes, after marking its numbers as belonging together} */
    <T> T together(Supplier<T> maker) {
        int from = drawn.size();
        T value = maker.get();
        spans.add(new Span(from, drawn.size()));
        return value;
    }

    /** Run {@code step} {@code mean} times on average and {@code max} times at most; not at all is the simplest. */
    void repeat(int mean, int max, Runnable step) {
        int times = 0;
        boolean more = true;
        while (more && times++ < max) {
            more = together(() -> {
                boolean another = below(mean + 1L) != 0;
                if (another) {
                    step.run();
                }
                return another;
            });
        }
    }

    /** {@return some values, {@code mean} on average and {@code max} at most; none is the simplest} */
    <T> List<T> some(int mean, int max, Supplier<T> maker) {
        List<T> values = new ArrayList<>();
        repeat(mean, max, () -> values.add(maker.get()));
        return values;
    }

    /** {@return all numbers so far} */
    List<Long> drawn() {
        return List.copyOf(drawn);
    }

    /** {@return all groups of numbers that belong together, the inner before the outer} */
    List<Span> spans() {
        return List.copyOf(spans);
    }
}
