package dev.kloset.support;

import dev.kloset.internal.KnownErrors;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The words for a single exception, without its causes: some exceptions of the JDK carry only a path, a host, or nothing at all.
 */
final class Explanation {

    private Explanation() {}

    /** {@return the words for {@code error} after what was {@code said}; empty if it adds nothing} */
    static String of(Throwable error, Said said) {
        KnownErrors.Known known = KnownErrors.of(error);
        if (known != null) {
            return said.has(known.sentence()) ? "" : known.sentence();
        }
        String message = Chain.ownMessage(error);
        boolean silent = message == null;
        String words = message == null ? "" : message;
        return switch (error) {
            case NoSuchFileException e -> file("no such file or directory", e, said);
            case AccessDeniedException e -> file("permission denied", e, said);
            case FileAlreadyExistsException e -> file("already exists", e, said);
            case NotDirectoryException e -> file("not a directory", e, said);
            case DirectoryNotEmptyException e -> file("directory is not empty", e, said);
            case FileSystemLoopException e -> file("loop of symbolic links", e, said);
            case FileSystemException e -> e.getReason() == null
                    ? file("file system error", e, said)
                    : reason(e.getReason(), e, said);
            case InvalidPathException e when said.has(e.getReason()) -> "";
            case FileNotFoundException _ when silent -> "no such file";
            case EOFException _ when silent -> "unexpected end of data";
            case UnknownHostException _ -> silent ? "unknown host" : "unknown host " + words;
            case UnresolvedAddressException _ when silent -> "unknown host";
            case ConnectException e -> Connecting.words(e, message, said);
            case NoRouteToHostException _ -> headed("cannot connect", message, said);
            case SocketTimeoutException _ -> headed("no answer in time", message, said);
            case TimeoutException _ when silent -> "no answer in time";
            case ClosedChannelException _ when silent -> closed(error.getClass().getSimpleName(), said);
            case CharacterCodingException _ when silent -> "text in an unexpected encoding";
            case InterruptedException _ -> "interrupted";
            case NullPointerException _ when silent -> "null where a value is needed";
            case OutOfMemoryError _ -> "out of memory: " + words;
            default -> silent ? nameOnly(error, said) : nameless(error) ? words : name(error) + ": " + words;
        };
    }

    /** Name an exception that has no message, if it shows a bug and the sentence so far does not say what happened. */
    private static String nameOnly(Throwable error, Said said) {
        return said.isEmpty() || nameless(error) || error.getCause() != null ? "" : name(error);
    }

    private static String name(Throwable error) {
        return error.getClass().getName();
    }

    /** {@return {@code what} and {@code message}, unless the message has been said already} */
    static String headed(String what, @Nullable String message, Said said) {
        return message == null ? what : said.has(message) ? "" : what + ": " + message;
    }

    private static String file(String what, FileSystemException e, Said said) {
        if (said.has(what)) {
            return "";
        }
        String reason = e.getReason();
        String file = e.getFile() == null || said.has(e.getFile()) ? "" : ": " + e.getFile();
        return what + file + (reason == null ? "" : " (" + reason + ")");
    }

    private static String reason(String reason, FileSystemException e, Said said) {
        if (said.has(reason)) {
            return "";
        }
        return e.getFile() == null || said.has(e.getFile()) ? reason : message(e, reason);
    }

    private static String message(FileSystemException e, String otherwise) {
        String message = e.getMessage();
        return message == null ? otherwise : message;
    }

    private static String closed(String type, Said said) {
        return switch (type) {
            case "ClosedByInterruptException" -> "interrupted";
            case "AsynchronousCloseException" -> "closed by another thread";
            default -> said.has("cannot connect") ? "" : "the connection or file is closed";
        };
    }

    /**
     * {@return whether the type of {@code error} tells a user nothing} A message like "Index 3 out of bounds" means nothing
     * without the name of the exception.
     */
    private static boolean nameless(Throwable error) {
        Class<?> type = error.getClass();
        return type == RuntimeException.class || type == Error.class || !(error instanceof Error
                || error instanceof RuntimeException && !(error instanceof IllegalArgumentException
                        || error instanceof IllegalStateException || error instanceof UnsupportedOperationException
                        || error instanceof UncheckedIOException || error instanceof CompletionException));
    }
}
