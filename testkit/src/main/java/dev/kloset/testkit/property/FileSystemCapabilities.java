package dev.kloset.testkit.property;

import dev.kloset.testkit.property.ArbitraryTree.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/** What the directory for temporary files supports. */
public record FileSystemCapabilities(Owner own, boolean hasAttributes) {

    public static FileSystemCapabilities of(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, "kloset-check-", "");
        try {
            return new FileSystemCapabilities(owner(probe), hasAttributes(probe));
        } finally {
            Files.delete(probe);
        }
    }

    private static Owner owner(Path file) throws IOException {
        FileStore store = Files.getFileStore(file);
        if (!store.supportsFileAttributeView("posix")) {
            return new Owner(1, 1); // the system does not number its users
        }
        return new Owner(number(file, "unix:uid"), number(file, "unix:gid"));
    }

    private static long number(Path file, String attribute) throws IOException {
        return Integer.toUnsignedLong((Integer) Files.getAttribute(file, attribute, LinkOption.NOFOLLOW_LINKS));
    }

    private static boolean hasAttributes(Path file) {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        try {
            return view != null
                    && view.write("kloset", StandardCharsets.UTF_8.encode("value")) > 0;
        } catch (IOException e) {
            return false; // file systems in memory often have none
        }
    }
}
