/** What the author of an integration sees: connectors, records, values. No dependency. */
module dev.kloset.api {
    requires static transitive org.jspecify;

    exports dev.kloset;
    exports dev.kloset.support;
}
