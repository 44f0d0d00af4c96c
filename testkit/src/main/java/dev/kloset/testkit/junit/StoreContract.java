package dev.kloset.testkit.junit;

import dev.kloset.Plugin;

/** Every clause that concerns stores, as tests of one connector. Its location should have {@code {temp}} in it. */
public abstract class StoreContract extends ConnectorContract {

    /** Called by JUnit for every test. */
    protected StoreContract() {
        super(Plugin.Kind.STORAGE);
    }
}
