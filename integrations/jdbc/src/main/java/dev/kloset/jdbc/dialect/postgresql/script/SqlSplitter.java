package dev.kloset.jdbc.dialect.postgresql.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Splits a script into statements, as psql does: a semicolon ends one unless it is in quotes, comments, parentheses, or the body of a
 * function between BEGIN ATOMIC and END. Lines for psql itself, such as {@code \restrict}, are left out.
 */
final class SqlSplitter {

    private static final Pattern ROUTINE = Pattern.compile("create (or replace )?(function|procedure) ");
    private static final int FIRST_WORDS = 40;

    private final String script;
    private final List<String> statements = new ArrayList<>();
    private int position;
    private int start = -1;
    private int parentheses;
    private int blocks;
    private String words = "";

    private SqlSplitter(String script) {
        this.script = script;
    }

    /** {@return the statements, without their semicolons and the comments between them} */
    static List<String> split(String script) {
        SqlSplitter splitter = new SqlSplitter(script);
        while (splitter.position < script.length()) {
            splitter.step();
        }
        splitter.end();
        return splitter.statements;
    }

    private void step() {
        char c = script.charAt(position);
        if (script.startsWith("--", position) || (c == '\\' && start < 0)) {
            skipTo("\n");
        } else if (script.startsWith("/*", position)) {
            skipComment();
        } else if (Character.isWhitespace(c)) {
            position++;
        } else if (c == ';' && parentheses == 0 && blocks == 0) {
            end();
            position++;
        } else {
            if (start < 0) {
                start = position;
            }
            token(c);
        }
    }

    private void token(char c) {
        if (c == '\'') {
            skipQuoted('\'', false);
        } else if (c == '"') {
            skipQuoted('"', false);
        } else if (c == '$') {
            skipDollars();
        } else if (isLetter(c)) {
            word();
        } else {
            parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
            position++;
        }
    }

    private void word() {
        int from = position;
        while (position < script.length() && (isLetter(script.charAt(position)) || isInside(script.charAt(position)))) {
            position++;
        }
        String word = script.substring(from, position).toLowerCase(Locale.ROOT);
        if (word.equals("e") && position < script.length() && script.charAt(position) == '\'') {
            skipQuoted('\'', true);
            return;
        }
        words = words.length() < FIRST_WORDS ? words + word + " " : words;
        if (ROUTINE.matcher(words).lookingAt()) {
            boolean opens = word.equals("begin") || (word.equals("case") && blocks > 0);
            blocks += opens ? 1 : word.equals("end") && blocks > 0 ? -1 : 0;
        }
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isInside(char c) {
        return Character.isDigit(c) || c == '$';
    }

    private void skipQuoted(char quote, boolean hasEscapes) {
        position++;
        while (position < script.length() && script.charAt(position) != quote) {
            position += hasEscapes && script.charAt(position) == '\\' ? 2 : 1;
        }
        position = Math.min(script.length(), position + 1);
    }

    /** A text between dollars with a tag, or a parameter such as {@code $1}. */
    private void skipDollars() {
        int end = position + 1;
        while (end < script.length() && (isLetter(script.charAt(end)) || Character.isDigit(script.charAt(end)))) {
            end++;
        }
        if (end < script.length() && script.charAt(end) == '$' && !Character.isDigit(script.charAt(position + 1))) {
            String tag = script.substring(position, end + 1);
            position = end + 1;
            skipTo(tag);
        } else {
            position++;
        }
    }

    private void skipTo(String end) {
        int found = script.indexOf(end, position);
        position = found < 0 ? script.length() : found + end.length();
    }

    private void skipComment() {
        int depth = 0;
        do {
            boolean isOpening = script.startsWith("/*", position);
            boolean isClosing = script.startsWith("*/", position);
            depth += isOpening ? 1 : isClosing ? -1 : 0;
            position += isOpening || isClosing ? 2 : 1;
        } while (depth > 0 && position < script.length());
    }

    private void end() {
        if (start >= 0) {
            statements.add(script.substring(start, Math.min(position, script.length())).strip());
        }
        start = -1;
        parentheses = 0;
        blocks = 0;
        words = "";
    }
}
