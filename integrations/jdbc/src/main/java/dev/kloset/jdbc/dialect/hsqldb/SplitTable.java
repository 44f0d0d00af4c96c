package dev.kloset.jdbc.dialect.hsqldb;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A statement that makes a table, without its foreign keys.
 *
 * @param foreignKeys each as it stands in the statement
 */
record SplitTable(String create, List<String> foreignKeys) {

    private static final Pattern FOREIGN_KEY = Pattern
            .compile("(?:CONSTRAINT (?:\"(?:[^\"]|\"\")+\"|\\S+) )?FOREIGN KEY ?\\(.*", Pattern.DOTALL);

    /** @param open where the list of columns begins */
    static SplitTable of(String statement, int open) {
        List<String> kept = new ArrayList<>();
        List<String> foreignKeys = new ArrayList<>();
        int start = open + 1;
        int depth = 0;
        int at = start;
        while (at < statement.length()) {
            char c = statement.charAt(at);
            if (c == '\'' || c == '"') {
                at = statement.indexOf(c, at + 1);
            } else if (depth == 0 && (c == ',' || c == ')')) {
                String part = statement.substring(start, at);
                (FOREIGN_KEY.matcher(part).matches() ? foreignKeys : kept).add(part);
                start = at + 1;
                if (c == ')') {
                    break;
                }
            } else {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
            at++;
        }
        return new SplitTable(
                statement.substring(0, open + 1) + String.join(",", kept) + ")" + statement.substring(start),
                List.copyOf(foreignKeys));
    }
}
