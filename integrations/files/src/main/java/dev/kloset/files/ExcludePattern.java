package dev.kloset.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/**
 * One line of excludes that Plakar and JGit read alike. Plakar matches with go-git, whose patterns differ from those of
 * Git in a dozen ways: {@code **} never tries a second place, {@code [!a]} does not negate, {@code dir/**} includes the
 * directory. Lines of which the two would make different things are recognised here, and not acted upon.
 */
final class ExcludePattern {

    private static final String ANY_DIRECTORIES = "**";

    // A class of letters and digits; everything else in brackets is read differently.
    private static final Pattern SAME_CLASS = Pattern.compile("\\[(?:[0-9A-Za-z](?:-[0-9A-Za-z])?)+]");
    private static final Pattern READ_DIFFERENTLY = Pattern.compile("[\\[\\]\\\\]|^ | $");

    private final boolean negated;
    private final boolean directoriesOnly;
    private final boolean anchored;
    private final List<String> parts;
    private final FastIgnoreRule rule;

    private ExcludePattern(boolean negated, boolean directoriesOnly, boolean anchored, List<String> parts) {
        this.negated = negated;
        this.directoriesOnly = directoriesOnly;
        this.anchored = anchored;
        this.parts = parts;
        this.rule = new FastIgnoreRule(
                (anchored ? "/" : "") + String.join("/", parts) + (directoriesOnly ? "/" : ""));
    }

    /**
     * {@return the pattern}
     *
     * @param line without the blanks at its end, and neither empty nor a comment
     */
    static ExcludePattern parse(String line) {
        boolean negated = line.startsWith("!");
        String body = negated ? line.substring(1) : line;
        boolean directoriesOnly = body.endsWith("/");
        body = directoriesOnly ? body.substring(0, body.length() - 1) : body;
        boolean anchored = body.contains("/");
        List<String> parts = new ArrayList<>(
                Arrays.asList((body.startsWith("/") ? body.substring(1) : body).split("/", -1)));
        if (parts.size() > 1 && parts.getLast().equals(ANY_DIRECTORIES)) {
            // Here dir/** is dir itself and all that is in it.
            parts.removeLast();
        }
        if (parts.size() == 2 && parts.getFirst().equals(ANY_DIRECTORIES)) {
            // A name in any directory; JGit takes files for directories if it reads **/name/ itself.
            parts.removeFirst();
            anchored = false;
        }
        return new ExcludePattern(negated, directoriesOnly, anchored, parts);
    }

    /** {@return whether this line takes paths out of what the lines before it exclude} */
    boolean isNegated() {
        return negated;
    }

    /** {@return whether acting on this line leaves out nothing that the host keeps} */
    boolean isSafe() {
        // Where only the place of ** differs, JGit finds more than Plakar: fine for a line that keeps things.
        return negated ? hasSameParts() : isReadAlike();
    }

    /** {@return whether Plakar's reading of this line is that of {@link #matches}} */
    boolean isReadAlike() {
        return hasSameParts() && (!anchored || findsTheSamePlace());
    }

    private boolean hasSameParts() {
        if (!anchored) {
            return isSamePart(parts.getFirst()) && !parts.getFirst().startsWith("!")
                    && !parts.getFirst().startsWith("#");
        }
        return !parts.getLast().equals(ANY_DIRECTORIES)
                && parts.stream().allMatch(part -> part.equals(ANY_DIRECTORIES) || isSamePart(part));
    }

    /** Behind ** Plakar looks for the first part once. That is enough if any place would do for the rest. */
    private boolean findsTheSamePlace() {
        int behind = -1; // parts since the last **, or -1 before the first
        for (String part : parts) {
            if (part.equals(ANY_DIRECTORIES)) {
                behind = 0;
            } else if (behind >= 1 && !part.equals("*")) {
                return false;
            } else if (behind >= 0) {
                behind++;
            }
        }
        return behind < 0 || !directoriesOnly;
    }

    private static boolean isSamePart(String part) {
        return !part.isEmpty() && !part.contains(ANY_DIRECTORIES)
                && !READ_DIFFERENTLY.matcher(SAME_CLASS.matcher(part).replaceAll("")).find();
    }

    /**
     * {@return whether this line is about {@code path}, or a directory above it}
     *
     * @param path without a leading slash
     */
    boolean matches(String path, boolean isDirectory) {
        return rule.isMatch(path, isDirectory, false);
    }

    /** {@return whether this line might be about something below {@code directory}, which it is not about itself} */
    boolean mayMatchBelow(String directory) {
        if (!anchored || parts.contains(ANY_DIRECTORIES)) {
            return true;
        }
        String[] names = directory.split("/", -1);
        for (int i = 0; i < Math.min(names.length, parts.size()); i++) {
            String part = parts.get(i);
            if (!hasWildcard(part) && !part.equals(names[i])) {
                return false;
            }
        }
        return parts.size() > names.length;
    }

    private static boolean hasWildcard(String part) {
        return part.contains("*") || part.contains("?") || part.contains("[");
    }
}
