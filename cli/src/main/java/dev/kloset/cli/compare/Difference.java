package dev.kloset.cli.compare;

/**
 * One thing in which the two sides differ.
 *
 * @param path relative to both roots
 * @param what {@code content}, {@code size}, {@code mode}, {@code mtime}, {@code owner}, {@code target}, {@code type}, {@code
 *     hardlink}, {@code xattr}; {@code missing} for what only one side has; {@code unreadable} for what one could not read
 * @param a what A has, empty for what it lacks
 * @param b what B has, empty for what it lacks
 */
public record Difference(String path, String what, String a, String b) {

    static final String MISSING = "missing";
    static final String UNREADABLE = "unreadable";

    /** {@return whether it has a message of a plugin} All others consist of names and values of the two sides. */
    public boolean isMessage() {
        return what.equals(UNREADABLE);
    }

    /** {@return the difference as a sentence about the path} Names are shown as they are. */
    public String words() {
        if (what.equals(MISSING)) {
            return a.isEmpty() ? "only in B: " + b : "only in A: " + a;
        }
        if (what.equals(UNREADABLE)) {
            return a.isEmpty() ? "cannot be read in B: " + b : "cannot be read in A: " + a;
        }
        return what + ": " + a + " in A, " + b + " in B";
    }
}
