package dev.kloset.packaging.tool;

/** Says in whole sentences why a package cannot be made, for the author, who can fix it. */
public final class PackagingException extends Exception {

    private static final long serialVersionUID = 1;

    public PackagingException(String message) {
        super(message);
    }

    public PackagingException(String message, Throwable cause) {
        super(message + ": " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
