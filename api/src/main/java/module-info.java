/** The API for the author of an integration: connectors, records, values. No dependencies. */
module dev.kloset.api {
    requires static org.jspecify;

    exports dev.kloset;
    exports dev.kloset.exclude;
    exports dev.kloset.export;
    exports dev.kloset.internal; // for the other modules of the SDK
    exports dev.kloset.support;
}
