package dev.kloset.testkit;

import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What must be true for every value of a kind. Values are made from seeds; for one that fails, smaller ones that fail as well
 * are looked for, with fewer and smaller numbers to make it from.
 *
 * @param maker makes a value; equal choices give equal values
 * @param trial fails with an exception
 */
record Property<T>(Function<Choices, T> maker, Trial<T> trial) {

    /** Tries one value. */
    @FunctionalInterface
    interface Trial<T> {
        void run(T value) throws Exception;
    }

    /** One value that fails. */
    private record Failing<T>(T value, String failure, Choices choices) {
        List<Long> numbers() {
            return choices.drawn();
        }
    }

    private static final int MAX_ATTEMPTS = 1000;
    private static final Duration MAX_TIME = Duration.ofMinutes(2);

    /** {@return the smallest counterexample that was found, if any of {@code rounds} values from that seed on fails} */
    Optional<Counterexample> search(long firstSeed, int rounds) throws InterruptedException {
        for (long seed = firstSeed; seed < firstSeed + rounds; seed++) {
            Failing<T> failing = attempt(Choices.of(seed));
            if (failing != null) {
                return Optional.of(new Shrinking(failing).smallest(seed));
            }
        }
        return Optional.empty();
    }

    private @Nullable Failing<T> attempt(Choices choices) throws InterruptedException {
        T value = maker.apply(choices);
        try {
            trial.run(value);
            return null;
        } catch (InterruptedException e) {
            throw e;
        } catch (StatusException e) {
            return new Failing<>(value, "expected success, seen " + Session.words(e), choices);
        } catch (BlockedException e) {
            return new Failing<>(value, Sentence.of(e.failure()), choices);
        } catch (Exception e) {
            return new Failing<>(value, Sentence.of(e), choices);
        }
    }

    /** The way from a value that fails to a smaller one. Ends after so many attempts, or when time is up. */
    private final class Shrinking {

        private final long deadline = System.nanoTime() + MAX_TIME.toNanos();
        private Failing<T> best;
        private int attempts;
        private int successes;

        Shrinking(Failing<T> first) {
            this.best = first;
        }

        Counterexample smallest(long seed) throws InterruptedException {
            int before;
            do {
                before = successes;
                leaveOut();
                lower();
            } while (successes > before && mayGoOn());
            return new Counterexample(seed, best.value().toString(), best.failure(), attempts, successes);
        }

        private boolean mayGoOn() {
            return attempts < MAX_ATTEMPTS && System.nanoTime() < deadline;
        }

        /** Leave out what belongs together, the largest first. */
        private void leaveOut() throws InterruptedException {
            int index = 0;
            while (index < largestFirst().size()) {
                Choices.Span span = largestFirst().get(index);
                if (span.length() == 0 || !isSmaller(without(best.numbers(), span))) {
                    index++;
                }
            }
        }

        private List<Choices.Span> largestFirst() {
            List<Choices.Span> spans = new ArrayList<>(best.choices().spans());
            spans.sort((a, b) -> Integer.compare(b.length(), a.length()));
            return spans;
        }

        private static List<Long> without(List<Long> numbers, Choices.Span span) {
            List<Long> rest = new ArrayList<>(numbers.subList(0, span.from()));
            rest.addAll(numbers.subList(span.to(), numbers.size()));
            return rest;
        }

        /** Make every number as small as it can be while the others stay. */
        private void lower() throws InterruptedException {
            for (int i = 0; i < best.numbers().size(); i++) {
                long good = -1; // the largest that does not fail
                while (i < best.numbers().size() && best.numbers().get(i) > good + 1) {
                    long now = best.numbers().get(i);
                    long next = good < 0 ? 0 : good + (now - good) / 2;
                    List<Long> numbers = new ArrayList<>(best.numbers());
                    numbers.set(i, next);
                    if (!isSmaller(numbers)) {
                        good = next;
                    }
                }
            }
        }

        /** Try these numbers. {@return whether they make a value that fails and is simpler: it is the best then} */
        private boolean isSmaller(List<Long> numbers) throws InterruptedException {
            if (!mayGoOn()) {
                return false;
            }
            attempts++;
            Failing<T> failing = attempt(Choices.of(numbers));
            if (failing == null || !precedes(failing.numbers(), best.numbers())) {
                return false;
            }
            best = failing;
            successes++;
            return true;
        }

        /** {@return whether {@code a} is shorter, or as long and smaller at the first difference} */
        private static boolean precedes(List<Long> a, List<Long> b) {
            if (a.size() != b.size()) {
                return a.size() < b.size();
            }
            for (int i = 0; i < a.size(); i++) {
                if (!a.get(i).equals(b.get(i))) {
                    return a.get(i) < b.get(i);
                }
            }
            return false;
        }
    }
}
