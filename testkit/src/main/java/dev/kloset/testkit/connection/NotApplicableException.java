package dev.kloset.testkit.connection;

/** Reports that a check has nothing to look at. */
public final class NotApplicableException extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;

    public NotApplicableException(String reason) {
        super(reason);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
