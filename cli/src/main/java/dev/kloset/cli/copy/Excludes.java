package dev.kloset.cli.copy;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patterns in the syntax of gitignore, on the whole path as the source names it. The last pattern that matches decides; one
 * that starts with {@code !} takes back. What matches a directory matches everything in it.
 *
 * <p>Importers get the patterns too, but only to save work: the host decides, as in Plakar.
 */
public final class Excludes {

    private final List<Rule> rules;

    private Excludes(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * {@return the patterns, ready to use}
     *
     * @throws IllegalArgumentException if one cannot be read
     */
    public static Excludes of(List<String> patterns) {
        return new Excludes(patterns.stream()
                .map(line -> line.replaceFirst("(?<!\\\\)\\s+$", ""))
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(Rule::of)
                .toList());
    }

    /** {@return whether this path is left out} Never the root of everything. */
    public boolean excludes(String pathname, boolean directory) {
        if (rules.isEmpty() || pathname.equals("/")) {
            return false;
        }
        String[] parts = pathname.substring(1).split("/", -1);
        boolean excluded = false;
        for (Rule rule : rules) {
            if (rule.takesBack() == excluded && rule.matches(parts, directory)) {
                excluded = !rule.takesBack();
            }
        }
        return excluded;
    }

    /**
     * One pattern.
     *
     * @param parts what lies between its slashes
     * @param anchored whether it has a slash before its end and so counts from the top, not at any depth
     */
    private record Rule(boolean takesBack, boolean directoriesOnly, boolean anchored, List<Part> parts) {

        static Rule of(String line) {
            boolean takesBack = line.startsWith("!");
            String text = takesBack ? line.substring(1) : line;
            boolean directoriesOnly = text.endsWith("/");
            text = directoriesOnly ? text.substring(0, text.length() - 1) : text;
            boolean anchored = text.contains("/");
            text = text.startsWith("/") ? text.substring(1) : text;
            if (text.isEmpty()) {
                throw new IllegalArgumentException("the exclude pattern \"" + line + "\" names nothing");
            }
            List<Part> parts = List.of(text.split("/", -1)).stream().map(part -> Part.of(part, line)).toList();
            return new Rule(takesBack, directoriesOnly, anchored, parts);
        }

        boolean matches(String[] path, boolean directory) {
            int lastStart = anchored ? 0 : path.length - 1;
            for (int start = 0; start <= lastStart; start++) {
                if (matches(0, path, start, directory)) {
                    return true;
                }
            }
            return false;
        }

        private boolean matches(int part, String[] path, int at, boolean directory) {
            if (part == parts.size()) {
                return at < path.length || directory || !directoriesOnly;
            }
            if (parts.get(part).isAnyDepth()) {
                for (int next = at; next <= path.length; next++) {
                    if (matches(part + 1, path, next, directory)) {
                        return true;
                    }
                }
                return false;
            }
            return at < path.length && parts.get(part).matches(path[at])
                    && matches(part + 1, path, at + 1, directory);
        }
    }

    /** What must stand between two slashes. */
    private record Part(String text, Pattern pattern) {

        static Part of(String text, String line) {
            try {
                return new Part(text, Pattern.compile(expression(text), Pattern.DOTALL));
            } catch (PatternSyntaxException | StringIndexOutOfBoundsException e) {
                throw new IllegalArgumentException("the exclude pattern \"" + line + "\" cannot be read", e);
            }
        }

        boolean isAnyDepth() {
            return text.equals("**");
        }

        boolean matches(String name) {
            return pattern.matcher(name).matches();
        }

        private static String expression(String glob) {
            StringBuilder expression = new StringBuilder();
            for (int i = 0; i < glob.length(); i++) {
                char c = glob.charAt(i);
                switch (c) {
                    case '*' -> expression.append(".*");
                    case '?' -> expression.append('.');
                    case '\\' -> expression.append(Pattern.quote(glob.substring(++i, i + 1)));
                    case '[' -> i = range(glob, i, expression);
                    default -> expression.append(Pattern.quote(String.valueOf(c)));
                }
            }
            return expression.toString();
        }

        /** Copies a range such as {@code [a-z]} or {@code [!x]}; {@return the place of its closing bracket} */
        private static int range(String glob, int start, StringBuilder expression) {
            boolean negated = glob.startsWith("!", start + 1) || glob.startsWith("^", start + 1);
            int first = negated ? start + 2 : start + 1;
            expression.append(negated ? "[^" : "[");
            int i = first;
            for (; glob.charAt(i) != ']' || i == first; i++) {
                char c = glob.charAt(i);
                expression.append(c == '-' ? "" : "\\").append(c == '-' ? "-" : hex(c == '\\' ? glob.charAt(++i) : c));
            }
            expression.append(']');
            return i;
        }

        private static String hex(char c) {
            return "x{" + Integer.toHexString(c) + "}";
        }
    }
}
