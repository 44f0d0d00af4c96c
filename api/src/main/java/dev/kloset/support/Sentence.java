package dev.kloset.support;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/**
 * Turns errors into the one sentence that a user of Plakar reads: one line, valid Unicode, at most 4 KiB, never empty (on
 * the wire an empty error means success).
 */
public final class Sentence {

    /** The longest sentence in bytes of UTF-8; more would push everything else off the user's screen. */
    public static final int MAX_BYTES = 4096;

    private static final String NOTHING_SAID = "failed without saying why";
    private static final String CUT = " …";

    private Sentence() {}

    /** {@return {@code text} as a sentence: control characters become spaces, the rest is kept or cut} */
    public static String of(@Nullable String text) {
        if (text == null) {
            return NOTHING_SAID;
        }
        String line = oneLine(text);
        return line.isEmpty() ? NOTHING_SAID : cut(line);
    }

    /** {@return what went wrong, in words} Exceptions that carry only a path are explained by their type. */
    public static String of(Throwable error) {
        return of(explain(error));
    }

    private static String explain(Throwable error) {
        String message = error.getMessage();
        boolean silent = message == null || message.isBlank();
        return switch (error) {
            case NoSuchFileException e -> file("no such file or directory", e);
            case AccessDeniedException e -> file("permission denied", e);
            case FileAlreadyExistsException e -> file("already exists", e);
            case NotDirectoryException e -> file("not a directory", e);
            case DirectoryNotEmptyException e -> file("directory is not empty", e);
            case FileSystemLoopException e -> file("loop of symbolic links", e);
            case FileSystemException e -> e.getReason() == null ? file("file system error", e) : orEmpty(message);
            case FileNotFoundException _ when silent -> "no such file";
            case EOFException _ when silent -> "unexpected end of data";
            case UnknownHostException _ -> "unknown host " + orEmpty(message);
            case ConnectException _ -> silent ? "cannot connect" : "cannot connect: " + message;
            case SocketTimeoutException _ -> silent ? "no answer in time" : "no answer in time: " + message;
            case CharacterCodingException _ when silent -> "text in an unexpected encoding";
            case InterruptedException _ -> "interrupted";
            case NullPointerException _ when silent -> "null where a value is needed";
            case OutOfMemoryError _ -> "out of memory: " + orEmpty(message);
            default -> silent ? fromCause(error) : bug(error) ? name(error) + ": " + message : orEmpty(message);
        };
    }

    private static String file(String what, FileSystemException e) {
        String reason = e.getReason();
        return what + (e.getFile() == null ? "" : ": " + e.getFile()) + (reason == null ? "" : " (" + reason + ")");
    }

    private static String fromCause(Throwable error) {
        Throwable cause = error.getCause();
        return cause == null ? name(error) + " without a message" : of(cause);
    }

    /** A message like "Index 3 out of bounds" means nothing to a user without the name of what happened. */
    private static boolean bug(Throwable error) {
        return error instanceof Error
                || error instanceof RuntimeException && !(error instanceof IllegalArgumentException
                        || error instanceof IllegalStateException || error instanceof UnsupportedOperationException);
    }

    private static String name(Throwable error) {
        return error.getClass().getName();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_BYTES));
        boolean gap = false;
        for (int i = 0; i < text.length() && line.length() <= MAX_BYTES; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 0x7F || Character.isISOControl(c)) {
                gap = !line.isEmpty();
                continue;
            }
            if (gap) {
                line.append(' ');
                gap = false;
            }
            if (!Character.isSurrogate(c)) {
                line.append(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                line.append(c).append(text.charAt(++i));
            } else {
                line.append('\uFFFD');
            }
        }
        return line.toString();
    }

    private static String cut(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return line;
        }
        int end = MAX_BYTES - CUT.getBytes(StandardCharsets.UTF_8).length;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT;
    }
}
