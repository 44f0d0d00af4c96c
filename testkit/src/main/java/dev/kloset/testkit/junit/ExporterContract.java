package dev.kloset.testkit.junit;

import dev.kloset.Plugin;

/**
 * Every clause that concerns exporters, as tests of one connector. If the location ends in {@code {temp}}, the tests look at
 * the files below that directory.
 */
public abstract class ExporterContract extends ConnectorContract {

    /** Called by JUnit for every test. */
    protected ExporterContract() {
        super(Plugin.Kind.EXPORTER);
    }
}
