package dev.kloset;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Why something failed, by what a user can do about it. */
public enum ErrorKind {
    /** A setting is wrong or missing: change it. */
    CONFIGURATION,
    /** The other side does not accept our identity: wrong password, expired token. */
    AUTHENTICATION,
    /** The requested thing is not there. */
    NOT_FOUND,
    /** We are known, but must not do this. */
    PERMISSION,
    /** It may work later: no answer in time, connection refused or lost, too many requests. */
    TRANSIENT,
    /** The connector or the other side cannot do this at all. */
    UNSUPPORTED,
    /** The connector has a bug: its author must fix it. */
    BUG,
    /** Anything else, such as a full disk. */
    OTHER;

    private static final int DEPTH = 20;

    /**
     * {@return the kind of {@code error}; for ordinary exceptions by their type} An exception that only carries another one
     * through a thread or an interface has that one's kind. An {@link ErrorTable} of the plugin comes first.
     */
    public static ErrorKind of(Throwable error) {
        ErrorKind registered = ErrorTable.kindOf(error);
        if (registered != null) {
            return registered;
        }
        Throwable reason = error;
        for (int i = 0; i < DEPTH && reason.getCause() != null && carries(reason, reason.getCause()); i++) {
            reason = reason.getCause();
        }
        return ofOne(reason);
    }

    private static boolean carries(Throwable error, Throwable cause) {
        return switch (error) {
            case UncheckedIOException _,ExecutionException _,CompletionException _,UndeclaredThrowableException _ ->
                true;
            default -> error.getClass() == RuntimeException.class && !(cause instanceof RuntimeException)
                    && cause.toString().equals(error.getMessage());
        };
    }

    private static ErrorKind ofOne(Throwable error) {
        return switch (error) {
            case ConnectorException e -> e.kind();
            case NoSuchFileException _,FileNotFoundException _,UnknownHostException _,UnresolvedAddressException _ ->
                NOT_FOUND;
            case AccessDeniedException _,SecurityException _ -> PERMISSION;
            case ConnectException _ when isUnresolved(error) -> NOT_FOUND;
            case SocketTimeoutException _,ConnectException _,NoRouteToHostException _,SocketException _ -> TRANSIENT;
            case IOException _ when isHttpTimeout(error) -> TRANSIENT;
            case UnsupportedOperationException _ -> UNSUPPORTED;
            case UncheckedIOException _,CompletionException _ -> OTHER;
            case IllegalArgumentException e when says(e) -> CONFIGURATION;
            case IllegalStateException e when says(e) -> OTHER;
            case RuntimeException _,LinkageError _,AssertionError _,StackOverflowError _ -> BUG;
            default -> OTHER;
        };
    }

    /** The form in which the HTTP client of the JDK reports an unknown host. */
    private static boolean isUnresolved(Throwable error) {
        Throwable cause = error.getCause();
        for (int i = 0; i < DEPTH && cause != null; i++) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** By name: a runtime that was made for a plugin without the HTTP client does not have the class. */
    private static boolean isHttpTimeout(Throwable error) {
        String type = error.getClass().getName();
        return type.equals("java.net.http.HttpTimeoutException")
                || type.equals("java.net.http.HttpConnectTimeoutException");
    }

    private static boolean says(RuntimeException error) {
        return error.getMessage() != null && !(error instanceof NumberFormatException);
    }
}
