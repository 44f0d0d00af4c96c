package dev.kloset.jdbc.dialect.portable;

import java.util.List;

/**
 * Conditions on keys of several columns. They begin with a comparison of the first column, which an index answers; comparisons of
 * rows are not answered by an index everywhere.
 *
 * @param columns as SQL
 */
record KeyConditions(List<String> columns) {

    /** {@return the condition for keys from {@code literals} on} */
    String from(List<String> literals) {
        return compare(literals, 0, ">");
    }

    /** {@return the condition for keys before {@code literals}} */
    String before(List<String> literals) {
        return compare(literals, 0, "<");
    }

    private String compare(List<String> literals, int at, String sign) {
        String column = columns.get(at);
        String literal = literals.get(at);
        if (at == columns.size() - 1) {
            return column + " " + sign + (sign.equals(">") ? "= " : " ") + literal;
        }
        return column + " " + sign + "= " + literal + " AND (" + column + " " + sign + " " + literal + " OR ("
                + compare(literals, at + 1, sign) + "))";
    }
}
