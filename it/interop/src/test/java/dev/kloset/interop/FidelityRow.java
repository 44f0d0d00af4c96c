package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A property that a tree can have, and how to find out whether another tree has it.
 *
 * @param id the name of the directory for this property
 * @param title the text in the table
 * @param make a script that makes the property in that directory
 * @param look a script whose output must be the same for both trees
 * @param told a regular expression for messages that a tool may give without naming the file; empty if there are none
 */
record FidelityRow(String id, String title, String make, String look, String told) {

    private static final String MISSING = "missing";

    /** A user's number on this machine; where the tree is restored, the same user has another number. */
    static final String OWNER_BY_NAME = "owner-by-name";

    FidelityRow(String id, String title, String make, String look) {
        this(id, title, make, look, "");
    }

    void make(Path tree) throws IOException, InterruptedException {
        Shell.ok(Files.createDirectories(tree.resolve(id)), make);
    }

    /** {@return the property in {@code tree}} */
    String look(Path tree) throws IOException, InterruptedException {
        Path directory = tree.resolve(id);
        return Files.isDirectory(directory) ? Shell.run(directory, look + " 2>&1").out() : MISSING;
    }

    /** {@return whether {@code output} reports the loss of the property} */
    boolean isReportedIn(String output) {
        return output.lines()
                .anyMatch(line -> line.matches(".*\\b(?<!-)" + id + "/.*")
                        || !told.isEmpty() && line.matches(".*(" + told + ").*"));
    }
}
