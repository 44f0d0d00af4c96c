package dev.kloset.wire.frame;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of header fields in the order of the wire. Names are lower case, values are Latin-1. Not thread-safe. */
public final class Headers {

    /** The overhead that RFC 9113 adds to each field when it measures a list. */
    private static final int FIELD_OVERHEAD = 32;

    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final int maxBytes;
    private int bytes;
    private boolean tooLarge;

    /** An empty list that keeps up to {@code maxBytes} of fields and records whether there were more. */
    Headers(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(String name, String value) {
        int size = name.length() + value.length() + FIELD_OVERHEAD;
        if (tooLarge || size > maxBytes - bytes) {
            tooLarge = true;
            return;
        }
        bytes += size;
        names.add(name);
        values.add(value);
    }

    public boolean isTooLarge() {
        return tooLarge;
    }

    public int size() {
        return names.size();
    }

    public String name(int index) {
        return names.get(index);
    }

    public String value(int index) {
        return values.get(index);
    }

    /** {@return the value of the first field of that name} */
    public @Nullable String first(String name) {
        int index = names.indexOf(name);
        return index < 0 ? null : values.get(index);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ", ").append(name(i)).append(": ").append(value(i));
        }
        return text.toString();
    }
}
