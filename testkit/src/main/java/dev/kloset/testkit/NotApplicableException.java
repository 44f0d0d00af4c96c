package dev.kloset.testkit;

/** A check has nothing to look at. */
final class NotApplicableException extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;

    NotApplicableException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
