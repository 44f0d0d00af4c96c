package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies of what this checkout has built, for tests that must not change it, and for users who may not read it. */
final class Checkout {

    private Checkout() {}

    /** {@return {@code copy}, which now has the command {@code kloset} and the images of integrations, and no sources} */
    static Path of(Path copy, String... integrations) throws IOException, InterruptedException {
        Files.createDirectories(copy);
        Shell.ok(Programs.root(), "cp --parents --recursive kloset cli/target/kloset-cli.jar cli/target/lib " + copy);
        for (String integration : integrations) {
            Shell.ok(Programs.root(), "cp --parents --recursive integrations/" + integration + "/target/image " + copy);
        }
        return copy;
    }

    /** {@return the same, with the documents that the README names} */
    static Path withDocuments(Path copy, String... integrations) throws IOException, InterruptedException {
        of(copy, integrations);
        Shell.ok(Programs.root(), "cp README.md " + copy
                + "; find docs -name target -prune -o -type f -exec cp --parents --target-directory=" + copy
                + " '{}' +");
        return copy;
    }
}
