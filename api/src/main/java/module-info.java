/** What the author of an integration sees: connectors, records, values. No dependency. */
module dev.kloset.api {
    requires static transitive org.jspecify;

    exports dev.kloset;
    exports dev.kloset.internal; // for the other modules of the SDK, which have no names of their own yet
    exports dev.kloset.support;
}
