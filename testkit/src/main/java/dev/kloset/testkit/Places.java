package dev.kloset.testkit;

import dev.kloset.testkit.ArbitraryTree.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/** What the directory for temporary files is good for. */
record Places(Owner own, boolean hasAttributes) {

    static Places of(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, "kloset-check-", "");
        try {
            return new Places(owner(probe), hasAttributes(probe));
        } finally {
            Files.delete(probe);
        }
    }

    private static Owner owner(Path file) throws IOException {
        FileStore store = Files.getFileStore(file);
        if (!store.supportsFileAttributeView("posix")) {
            return new Owner(1, 1); // a system without numbers for users
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
            return false; // what is kept in memory often has none
        }
    }
}
