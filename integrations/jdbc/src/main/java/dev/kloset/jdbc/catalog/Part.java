package dev.kloset.jdbc.catalog;

import java.util.List;
import java.util.Objects;

/**
 * Some of a table's rows, which make one file. Parts do not overlap, and together they have every row. Their boundaries depend on the
 * rows, not on the run, so that a change to a row changes one part.
 *
 * @param number of its file, the same in each backup as long as the boundaries stay; unique within the table, unsigned
 * @param from SQL for a {@code WHERE}, complete with its literals, that is true for this part and all that come after it; empty for
 *     the first part
 * @param to the same for this part and all that come before it; empty for the last part
 * @param rows how many it has, as the database counted through the moment that is read; {@link #UNCOUNTED} if it did not
 */
public record Part(long number, String from, String to, long rows) {

    public static final long UNCOUNTED = -1;

    public Part {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
    }

    /** Make a part whose rows are not counted, so that it is read alone. */
    public Part(long number, String condition) {
        this(number, condition, "", UNCOUNTED);
    }

    public static Part whole() {
        return new Part(0, "");
    }

    public boolean isCounted() {
        return rows != UNCOUNTED;
    }

    /** {@return SQL for the rows of this part; empty for all rows of the table} */
    public String condition() {
        return from + (from.isEmpty() || to.isEmpty() ? "" : " AND ") + to;
    }

    /**
     * {@return one part with the rows of several, so that one query reads them}
     *
     * @param parts neighbours, in the order of the key, all of them counted
     */
    public static Part joined(List<Part> parts) {
        long rows = parts.stream().mapToLong(Part::rows).sum();
        return new Part(parts.getFirst().number(), parts.getFirst().from(), parts.getLast().to(), rows);
    }
}
