package dev.kloset.testkit.contract;

/** The outcome of checking one clause. */
public sealed interface Outcome {

    /** The rule is kept. */
    record Passed() implements Outcome {}

    /** The rule is broken. */
    record Failed(String expected, String seen) implements Outcome {}

    /** The rule is broken, but the author has waived it beforehand and said why. */
    record Waived(String reason, Failed failure) implements Outcome {}

    /** The rule cannot be judged here; says why. */
    record NotApplicable(String reason) implements Outcome {}
}
