package dev.kloset.jdbc.dialect.postgresql;

import java.util.HashSet;
import java.util.Set;

/** The numbers of a table's parts, of 47 bits. Two parts hardly ever want the same; then the second gets the next one. */
final class PartNumbers {

    static final int BITS = 47;

    private final Set<Long> taken = new HashSet<>();

    long take(long wanted) {
        long number = wanted & ((1L << BITS) - 1);
        while (!taken.add(number)) {
            number = (number + 1) & ((1L << BITS) - 1);
        }
        return number;
    }
}
