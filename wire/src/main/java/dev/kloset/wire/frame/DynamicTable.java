package dev.kloset.wire.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fields that the other end asked us to remember, newest first, bounded in bytes. */
final class DynamicTable {

    private static final int FIELD_OVERHEAD = 32;

    private final int limit;
    private @Nullable String[] names = new @Nullable String[16];
    private @Nullable String[] values = new @Nullable String[16];
    private int newest; // fields are at newest, newest - 1, ... around the end of the arrays
    private int count;
    private int bytes;
    private int maxBytes;

    DynamicTable(int limit) {
        this.limit = limit;
        this.maxBytes = limit;
    }

    int size() {
        return count;
    }

    /** {@return the name of the field that came {@code age} fields before the newest} */
    String name(int age) {
        return at(names, age);
    }

    String value(int age) {
        return at(values, age);
    }

    private String at(@Nullable String[] column, int age) {
        String text = column[newest - age & column.length - 1];
        if (text == null) {
            throw new IllegalStateException("no field of age " + age);
        }
        return text;
    }

    void add(String name, String value) {
        int size = name.length() + value.length() + FIELD_OVERHEAD;
        evictTo(maxBytes - size);
        if (size > maxBytes) {
            return; // a field too large for the table empties it: RFC 7541, section 4.4
        }
        if (count == names.length) {
            grow();
        }
        newest = newest + 1 & names.length - 1;
        names[newest] = name;
        values[newest] = value;
        count++;
        bytes += size;
    }

    /** {@return whether {@code size} is within our limit} */
    boolean resize(int size) {
        if (size > limit) {
            return false;
        }
        maxBytes = size;
        evictTo(size);
        return true;
    }

    private void evictTo(int allowed) {
        while (count > 0 && bytes > allowed) {
            int oldest = newest - (count - 1) & names.length - 1;
            bytes -= name(count - 1).length() + value(count - 1).length() + FIELD_OVERHEAD;
            names[oldest] = null;
            values[oldest] = null;
            count--;
        }
    }

    private void grow() {
        names = unrolled(names);
        values = unrolled(values);
        newest = count - 1;
    }

    private @Nullable String[] unrolled(@Nullable String[] column) {
        @Nullable
        String[] larger = Arrays.copyOf(column, column.length * 2);
        for (int age = 0; age < count; age++) {
            larger[count - 1 - age] = column[newest - age & column.length - 1];
        }
        return larger;
    }
}
