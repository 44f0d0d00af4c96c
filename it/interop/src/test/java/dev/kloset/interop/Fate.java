package dev.kloset.interop;

/** What became of a property of a tree that a tool took elsewhere, the best first. */
enum Fate {
    RESTORED("yes"),
    /** Not restored, and the tool reports it. */
    SAID("said"),
    /** Not restored, without a message. */
    LOST("no"),
    /** The tool does not support this. */
    NONE("–");

    final String cell;

    Fate(String cell) {
        this.cell = cell;
    }

    boolean isWorseThan(Fate other) {
        return compareTo(other) > 0;
    }
}
