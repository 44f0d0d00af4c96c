package dev.kloset.packaging;

/** Why a package cannot be made: whole sentences for its author, who can do something about it. */
final class PackagingException extends Exception {

    private static final long serialVersionUID = 1;

    PackagingException(String message) {
        super(message);
    }

    PackagingException(String message, Throwable cause) {
        super(message + ": " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
