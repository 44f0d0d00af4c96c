package dev.kloset.packaging.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The part of a failed program's output that a message shows. A Java program gives the reason in the first line of a stack
 * trace and in its causes, other programs give it at the end. What lies between, and the frames of stack traces, can be long.
 */
final class Excerpt {

    private static final int FRAMES = 3;
    private static final int FIRST_LINES = 15;
    private static final int LAST_LINES = 15;
    private static final Pattern FRAME = Pattern.compile("\\s+(at .+\\(.*\\).*|\\.\\.\\. [0-9]+ more)");

    private Excerpt() {}

    /** {@return indented lines, each after a line break} */
    static String of(String output) {
        List<String> lines = withoutLowerFrames(output.lines().filter(line -> !line.isBlank()).toList());
        if (lines.isEmpty()) {
            return "it said nothing";
        }
        int left = lines.size() - FIRST_LINES - LAST_LINES;
        if (left > 1) {
            lines.subList(FIRST_LINES, FIRST_LINES + left).clear();
            lines.add(FIRST_LINES, "(" + left + " lines are left out)");
        }
        return lines.stream().map(line -> "\n    " + line).collect(Collectors.joining());
    }

    /** The upper frames show where it happened, the lower ones how the program got there. */
    private static List<String> withoutLowerFrames(List<String> lines) {
        List<String> kept = new ArrayList<>();
        int frames = 0;
        for (String line : lines) {
            frames = FRAME.matcher(line).matches() ? frames + 1 : 0;
            if (frames <= FRAMES) {
                kept.add(line);
            }
        }
        return kept;
    }
}
