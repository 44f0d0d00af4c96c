package dev.kloset.testkit.property;

import dev.kloset.support.Sentence;
import dev.kloset.testkit.connection.BlockedException;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.contract.Counterexample;
import dev.kloset.wire.grpc.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A statement that must hold for every value of a kind. It makes values from seeds. When a value fails, it searches for smaller
 * values that fail as well, made from fewer and smaller numbers.
 *
 * @param maker makes a value; equal choices give equal values
 * @param trial fails with an exception
 */
public record Property<T>(Function<ChoiceSequence, T> maker, Trial<T> trial) {

    /** Tries one value. */
    @FunctionalInterface
    public interface Trial<T> {
        void run(T value) throws Exception;
    }

    /** One value that fails. */
    private record Failing<T>(T value, String failure, ChoiceSequence sequence) {
        List<Long> numbers() {
            return sequence.drawn();
        }
    }

    private static final int MAX_ATTEMPTS = 1000;
    private static final Duration MAX_TIME = Duration.ofMinutes(2);

    /** {@return the smallest counterexample found, if any of {@code rounds} values from that seed on fails} */
    public Optional<Counterexample> search(long firstSeed, int rounds) throws InterruptedException {
        for (long seed = firstSeed; seed < firstSeed + rounds; seed++) {
            Failing<T> failing = attempt(ChoiceSequence.of(seed));
            if (failing != null) {
                return Optional.of(new Shrinking(failing).smallest(seed));
            }
        }
        return Optional.empty();
    }

    private @Nullable Failing<T> attempt(ChoiceSequence sequence) throws InterruptedException {
        T value = maker.apply(sequence);
        try {
            trial.run(value);
            return null;
        } catch (InterruptedException e) {
            throw e;
        } catch (StatusException e) {
            return new Failing<>(value, "expected success, seen " + PluginConnection.words(e), sequence);
        } catch (BlockedException e) {
            return new Failing<>(value, Sentence.of(e.failure()), sequence);
        } catch (Exception e) {
            return new Failing<>(value, Sentence.of(e), sequence);
        }
    }

    /** The way from a failing value to a smaller one. Ends after a number of attempts, or when the time is up. */
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

        /** Leave out groups that belong together, the largest first. */
        private void leaveOut() throws InterruptedException {
            int index = 0;
            while (index < largestFirst().size()) {
                ChoiceSequence.Span span = largestFirst().get(index);
                if (span.length() == 0 || !isSmaller(without(best.numbers(), span))) {
                    index++;
                }
            }
        }

        private List<ChoiceSequence.Span> largestFirst() {
            List<ChoiceSequence.Span> spans = new ArrayList<>(best.sequence().spans());
            spans.sort((a, b) -> Integer.compare(b.length(), a.length()));
            return spans;
        }

        private static List<Long> without(List<Long> numbers, ChoiceSequence.Span span) {
            List<Long> rest = new ArrayList<>(numbers.subList(0, span.from()));
            rest.addAll(numbers.subList(span.to(), numbers.size()));
            return rest;
        }

        /** Make every number as small as possible without changing the others. */
        private void lower() throws InterruptedException {
            for (int i = 0; i < best.numbers().size(); i++) {
                long good = -1; // the largest number that does not fail
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

        /** Try these numbers. {@return whether they make a simpler value that fails; it then becomes the best} */
        private boolean isSmaller(List<Long> numbers) throws InterruptedException {
            if (!mayGoOn()) {
                return false;
            }
            attempts++;
            Failing<T> failing = attempt(ChoiceSequence.of(numbers));
            if (failing == null || !precedes(failing.numbers(), best.numbers())) {
                return false;
            }
            best = failing;
            successes++;
            return true;
        }

        /** {@return whether {@code a} is shorter than {@code b}, or equally long and smaller at the first difference} */
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
