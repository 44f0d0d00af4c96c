package dev.kloset.testkit;

/** What became of one clause. */
public sealed interface Outcome {

    /** The rule is kept. */
    record Passed() implements Outcome {}

    /** The rule is broken. */
    record Failed(String expected, String seen) implements Outcome {}

    /** The rule is broken, and somebody has said beforehand that this is known and why. */
    record Waived(String reason, Failed failure) implements Outcome {}

    /** Nothing can be said about the rule here, and why. */
    record NotApplicable(String reason) implements Outcome {}
}
