package dev.kloset.jdbc.restore;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Renames schemas in a statement: a name before a dot, and the name behind {@code SCHEMA}. Texts, bodies between dollars and comments
 * stay as they are. For one thread.
 */
final class SqlRename {

    private static final Set<String> BEFORE_SCHEMA = Set.of("SCHEMA", "EXISTS", "DATABASE", "USE");

    private static final String NAME = "::regclass";

    private final String sql;
    private final Map<String, String> names;
    private final UnaryOperator<String> quote;
    private final StringBuilder out = new StringBuilder();
    private String lastWord = "";
    private boolean inName; // whether the last thing was a dot
    private int at;

    SqlRename(String sql, Map<String, String> names, UnaryOperator<String> quote) {
        this.sql = sql;
        this.names = names;
        this.quote = quote;
    }

    /** {@return the statement with the new names} */
    String text() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\'') {
                text(closing(c));
            } else if (c == '"' || c == '`') {
                name(closing(c), true);
            } else if (Character.isJavaIdentifierStart(c) && c != '$') {
                name(wordEnd(), false);
            } else {
                copyTo(endOfOther(c));
            }
        }
        return out.toString();
    }

    /** A text, which in PostgreSQL may be the name of a table or sequence: {@code nextval('shop.orders_id_seq'::regclass)}. */
    private void text(int end) {
        if (sql.startsWith(NAME, end)) {
            String name = sql.substring(at + 1, end - 1).replace("''", "'");
            out.append('\'').append(new SqlRename(name, names, quote).text().replace("'", "''")).append('\'');
            inName = false;
            at = end;
        } else {
            copyTo(end);
        }
    }

    private int endOfOther(char c) {
        if (sql.startsWith("--", at)) {
            return endBehind("\n", at);
        }
        if (sql.startsWith("/*", at)) {
            return endBehind("*/", at + 2);
        }
        if (c == '$') {
            int tag = sql.indexOf('$', at + 1);
            if (tag > 0 && sql.substring(at + 1, tag).chars().allMatch(Character::isJavaIdentifierPart)) {
                return endBehind(sql.substring(at, tag + 1), tag + 1);
            }
        }
        return at + 1;
    }

    private int endBehind(String end, int from) {
        int found = sql.indexOf(end, from);
        return found < 0 ? sql.length() : found + end.length();
    }

    private int closing(char quotation) {
        int end = at + 1;
        while (end < sql.length()) {
            if (sql.charAt(end) != quotation) {
                end++;
            } else if (end + 1 < sql.length() && sql.charAt(end + 1) == quotation) {
                end += 2;
            } else {
                return end + 1;
            }
        }
        return end;
    }

    private int wordEnd() {
        int end = at;
        while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private void name(int end, boolean quoted) {
        String text = sql.substring(at, end);
        String other = inName ? null : replacement(text, quoted);
        boolean isSchema = BEFORE_SCHEMA.contains(lastWord) || (end < sql.length() && sql.charAt(end) == '.');
        if (other != null && isSchema) {
            out.append(quote.apply(other));
            at = end;
            inName = false;
        } else {
            copyTo(end);
        }
        lastWord = quoted ? "" : text.toUpperCase(Locale.ROOT);
    }

    private @Nullable String replacement(String text, boolean quoted) {
        String plain = quoted ? unquoted(text) : text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            if (quoted ? name.getKey().equals(plain) : name.getKey().equalsIgnoreCase(plain)) {
                return name.getValue();
            }
        }
        return null;
    }

    private static String unquoted(String text) {
        String quotation = text.substring(0, 1);
        return text.substring(1, text.length() - 1).replace(quotation + quotation, quotation);
    }

    private void copyTo(int end) {
        inName = end - at == 1 && sql.charAt(at) == '.';
        out.append(sql, at, end);
        at = end;
    }
}
