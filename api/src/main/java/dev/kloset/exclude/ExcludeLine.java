package dev.kloset.exclude;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One line of {@link Excludes}: names to find on the way down a path, one after the other. */
final class ExcludeLine {

    /** What a line says about a path. */
    enum Match {
        YES,
        NO,
        /** It does not match this path, but may match one below it. */
        BELOW
    }

    /**
     * A name to find.
     *
     * @param anyDepth whether it may lie deeper than directly after the previous name
     */
    private record Step(NamePattern name, boolean anyDepth) {}

    private static final String ANY_DIRECTORIES = "**";

    private final boolean negated;
    private final boolean directoriesOnly;
    private final List<Step> steps;

    private ExcludeLine(boolean negated, boolean directoriesOnly, List<Step> steps) {
        this.negated = negated;
        this.directoriesOnly = directoriesOnly;
        this.steps = steps;
    }

    /** {@return whether this line is not meant to exclude anything} */
    static boolean isComment(String line) {
        String text = trim(line);
        return text.isEmpty() || text.startsWith("#");
    }

    /** {@return the line, or nothing if it is a comment or cannot match anything} */
    static Optional<ExcludeLine> parse(String line) {
        if (isComment(line)) {
            return Optional.empty();
        }
        String text = trim(line);
        text = text.startsWith("\\#") ? text.substring(1) : text;
        boolean negated = text.startsWith("!");
        text = negated ? text.substring(1) : text;
        // Blanks that trim() kept are lost here, unless there were two backslashes: as kloset (utils.go) before go-git
        // (pattern.go).
        text = text.endsWith("\\ ") ? text : withoutBlanks(text);
        boolean directoriesOnly = text.endsWith("/");
        text = directoriesOnly ? text.substring(0, text.length() - 1) : text;
        return steps(text).map(steps -> new ExcludeLine(negated, directoriesOnly, steps));
    }

    /** Drops the blanks at the end. The first of them stays if a backslash precedes it, which is dropped instead. */
    private static String trim(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        String text = line.substring(0, end);
        String trimmed = withoutBlanks(text);
        boolean escaped = trimmed.length() < text.length() && trimmed.endsWith("\\");
        return escaped ? trimmed.substring(0, trimmed.length() - 1) + " " : trimmed;
    }

    private static String withoutBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    private static Optional<List<Step>> steps(String text) {
        if (!text.contains("/")) {
            return text.isEmpty()
                    ? Optional.empty()
                    : NamePattern.of(text).map(name -> List.of(new Step(name, true)));
        }
        List<Step> steps = new ArrayList<>();
        boolean anyDepth = false;
        for (String part : text.split("/", -1)) {
            if (part.isEmpty() || part.equals(ANY_DIRECTORIES)) {
                anyDepth = !part.isEmpty();
                continue;
            }
            Optional<NamePattern> name = part.contains(ANY_DIRECTORIES) ? Optional.empty() : NamePattern.of(part);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            steps.add(new Step(name.get(), anyDepth));
            anyDepth = false;
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps);
    }

    /** {@return whether this line takes paths back out of what earlier lines exclude} */
    boolean isNegated() {
        return negated;
    }

    /**
     * {@return what this line says about the path with these names} If it is YES for a path, it is YES for all paths below it.
     */
    Match match(List<byte[]> path, boolean isDirectory) {
        int at = 0;
        for (Step step : steps) {
            while (step.anyDepth() && at < path.size() && !step.name().matches(path.get(at))) {
                at++;
            }
            if (at == path.size()) {
                return Match.BELOW;
            }
            if (!step.anyDepth() && !step.name().matches(path.get(at))) {
                return Match.NO;
            }
            at++;
        }
        return directoriesOnly && !isDirectory && at == path.size() ? Match.NO : Match.YES;
    }
}
