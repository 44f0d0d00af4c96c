/** Runs a plugin: the only module that an integration has to require. */
module dev.kloset.sdk {
    requires static java.logging; // for what libraries log, if this Java has it
    requires static jdk.jfr; // flight recordings, likewise
    requires static org.jspecify;
    requires transitive dev.kloset.api;
    requires dev.kloset.wire;

    exports dev.kloset.sdk;

    provides System.LoggerFinder with dev.kloset.sdk.internal.log.ProcessLoggerFinder;
}
