package dev.kloset.jdbc.catalog;

import java.util.Objects;

/**
 * Some of a table's rows, which make one file. Parts do not overlap, and together they have every row. Their boundaries depend on the
 * rows, not on the run, so that a change to a row changes one part.
 *
 * @param number of its file, the same in each backup as long as the boundaries stay; unique within the table, unsigned
 * @param condition SQL for a {@code WHERE}, complete with its literals; empty for all rows
 */
public record Part(long number, String condition) {

    public Part {
        Objects.requireNonNull(condition, "condition");
    }

    public static Part whole() {
        return new Part(0, "");
    }
}
