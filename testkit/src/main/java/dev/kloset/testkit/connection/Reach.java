package dev.kloset.testkit.connection;

/**
 * How checks can see what an exporter writes.
 *
 * @param why they cannot, if so
 */
public record Reach(Way way, String why) {

    /** It is below the directory {@code {temp}} of this machine. */
    public static final Reach DIRECTORY = new Reach(Way.DIRECTORY, "");

    /** An importer reads it. */
    public static final Reach IMPORTER = new Reach(Way.IMPORTER, "");

    /** The ways. */
    public enum Way {
        DIRECTORY,
        IMPORTER,
        NONE
    }

    public static Reach none(String why) {
        return new Reach(Way.NONE, why);
    }
}
