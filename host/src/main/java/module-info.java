/** Starts plugins and talks to them as Plakar does. */
module dev.kloset.host {
    requires static org.jspecify;
    requires transitive dev.kloset.api;
    requires dev.kloset.wire;

    exports dev.kloset.host;
}
