package dev.kloset.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Numbers from which a value is made, drawn one after another, and remembered. Whoever makes values takes 0 for the simplest
 * choice: a smaller value is then found by taking numbers away and making others smaller, whatever the value is. For one
 * thread.
 */
final class Choices {

    /** Numbers that belong together, such as those of one file, from one index to another. */
    record Span(int from, int to) {
        int length() {
            return to - from;
        }
    }

    /** Where the next number comes from. */
    private interface Source {
        /** {@return a number below {@code bound}} */
        long next(int index, long bound, long[] favourites);
    }

    private final Source source;
    private final List<Long> drawn = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();

    private Choices(Source source) {
        this.source = source;
    }

    /** {@return choices that are different for every seed and always the same for one} */
    static Choices of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Choices((index, bound, favourites) -> {
            if (favourites.length > 0 && random.nextInt(4) > 0) {
                return Math.clamp(favourites[random.nextInt(favourites.length)], 0, bound - 1);
            }
            return random.nextLong(bound);
        });
    }

    /** {@return choices that have been made; after the last of them all are 0} */
    static Choices of(List<Long> made) {
        List<Long> numbers = List.copyOf(made);
        return new Choices((index, bound, favourites) -> index < numbers.size()
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

    /** {@return one of them; the first is the simplest} */
    <T> T oneOf(List<T> values) {
        return values.get((int) below(values.size()));
    }

    /** {@return what was made of numbers that belong together} */
    <T> T together(Supplier<T> maker) {
        int from = drawn.size();
        T value = maker.get();
        spans.add(new Span(from, drawn.size()));
        return value;
    }

    /** Do something {@code mean} times on average and {@code max} times at most; never is the simplest. */
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

    /** {@return some values, {@code mean} of them on average and {@code max} at most; none is the simplest} */
    <T> List<T> some(int mean, int max, Supplier<T> maker) {
        List<T> values = new ArrayList<>();
        repeat(mean, max, () -> values.add(maker.get()));
        return values;
    }

    /** {@return all numbers so far} */
    List<Long> drawn() {
        return List.copyOf(drawn);
    }

    /** {@return all that belongs together, the inner before the outer} */
    List<Span> spans() {
        return List.copyOf(spans);
    }
}
