package dev.kloset.kafka.connect;

/** Lets tests in other packages have the library of Snappy that the plugin has. */
public final class Snappy {

    private Snappy() {}

    public static void prepare() {
        SnappyLibrary.prepare();
    }
}
