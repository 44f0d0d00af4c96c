package dev.kloset;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why something failed, as far as it changes what somebody can do about it. */
public enum ErrorKind {
    /** A setting is wrong or missing: change it. */
    CONFIGURATION,
    /** The other side does not believe who we are: wrong password, expired token. */
    AUTHENTICATION,
    /** What was asked for is not there. */
    NOT_FOUND,
    /** We are known, but must not do this. */
    PERMISSION,
    /** It may work later: no answer in time, connection refused or lost, too many requests. */
    TRANSIENT,
    /** The connector or the other side cannot do this at all. */
    UNSUPPORTED,
    /** The connector is wrong: its author must change it. */
    BUG,
    /** Anything else, such as a full disk. */
    OTHER;

    /** {@return the kind of {@code error}; for ordinary exceptions by their type} */
    public static ErrorKind of(Throwable error) {
        return switch (error) {
            case ConnectorException e -> e.kind();
            case NoSuchFileException _,FileNotFoundException _,UnknownHostException _ -> NOT_FOUND;
            case AccessDeniedException _,SecurityException _ -> PERMISSION;
            case SocketTimeoutException _,ConnectException _,NoRouteToHostException _,SocketException _ -> TRANSIENT;
            case UnsupportedOperationException _ -> UNSUPPORTED;
            case UncheckedIOException e -> e.getCause() == null ? OTHER : of(e.getCause());
            case IllegalArgumentException e when says(e) -> CONFIGURATION;
            case IllegalStateException e when says(e) -> OTHER;
            case RuntimeException _,LinkageError _,AssertionError _,StackOverflowError _ -> BUG;
            default -> OTHER;
        };
    }

    private static boolean says(RuntimeException error) {
        return error.getMessage() != null && !(error instanceof NumberFormatException);
    }
}
