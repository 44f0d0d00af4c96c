/** Building blocks that connectors to remote systems share. */
module dev.kloset.resilience {
    requires static org.jspecify;
    requires transitive dev.kloset.api;

    exports dev.kloset.resilience;
}
