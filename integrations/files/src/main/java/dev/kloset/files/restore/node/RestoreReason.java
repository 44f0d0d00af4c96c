package dev.kloset.files.restore.node;

import dev.kloset.FileMode;
import dev.kloset.support.Sentence;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Explains why something could not be restored, without the path: the paths in these exceptions are temporary names below
 * {@code /proc}, and the surrounding sentence has the path that the user knows.
 */
public final class RestoreReason {

    private RestoreReason() {}

    public static String of(Throwable error) {
        return switch (error) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "already exists";
            case NotDirectoryException _ -> "not a directory";
            case DirectoryNotEmptyException _ -> "directory is not empty";
            case FileSystemException e when e.getReason() != null -> uncapitalized(e.getReason());
            case FileSystemException _ -> "file system error";
            case InvalidPathException e -> "its name is impossible here: " + uncapitalized(e.getReason());
            default -> Sentence.of(error);
        };
    }

    /** {@return why files of this kind are not restored} */
    public static String cannotMake(FileMode mode) {
        if (mode.isDevice() || mode.isCharacterDevice()) {
            return "devices are not made";
        }
        return mode.isSocket() ? "sockets are not made" : "files of an unknown kind are not made";
    }

    private static String uncapitalized(String reason) {
        return reason.isEmpty() ? reason : Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
    }
}
