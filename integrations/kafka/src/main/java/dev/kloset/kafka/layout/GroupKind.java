package dev.kloset.kafka.layout;

import java.util.Locale;

/** How the members of a group share partitions, which decides how its offsets are read and set. */
public enum GroupKind {
    CLASSIC, CONSUMER, SHARE, STREAMS;

    /** {@return the name in files and sentences} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
