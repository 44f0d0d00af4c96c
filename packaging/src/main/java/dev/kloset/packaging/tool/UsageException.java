package dev.kloset.packaging.tool;

/** Reports a command line that cannot be understood. */
public final class UsageException extends Exception {

    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }
}
