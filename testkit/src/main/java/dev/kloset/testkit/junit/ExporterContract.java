package dev.kloset.testkit.junit;

import dev.kloset.Plugin;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.PreservedAttribute;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every clause that concerns exporters, as tests of one connector. If the location ends in {@code {temp}} and that is a directory to
 * the exporter, the tests look at the files in it. Otherwise the plugin's importer for the same protocol reads what was restored.
 */
public abstract class ExporterContract extends ConnectorContract {

    /** Called by JUnit for every test. */
    protected ExporterContract() {
        super(Plugin.Kind.EXPORTER);
    }

    /**
     * {@return what the destination keeps besides paths and bytes: by default everything} The tests demand all of it, and nothing
     * else: name what your destination can express.
     */
    protected Set<PreservedAttribute> kept() {
        return EnumSet.allOf(PreservedAttribute.class);
    }

    /**
     * {@return the configuration of the importer that reads what was restored; empty if it is that of the exporter} {@code {temp}} is
     * the same directory.
     *
     * @param directory the directory that {@link #config} got
     */
    protected Optional<Map<String, String>> readBack(Path directory) throws Exception {
        return Optional.empty();
    }

    @Override
    final void describe(CheckSettings.Builder settings, Path directory) throws Exception {
        settings.kept(kept());
        readBack(directory).ifPresent(settings::readBack);
    }
}
