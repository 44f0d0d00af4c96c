package dev.kloset.testkit.junit;

import dev.kloset.Plugin;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.MutableSource;
import java.nio.file.Path;
import java.util.Optional;

/** Every clause that concerns importers, as tests of one connector. The source should have a few files, one of them empty. */
public abstract class ImporterContract extends ConnectorContract {

    /** Called by JUnit for every test. */
    protected ImporterContract() {
        super(Plugin.Kind.IMPORTER);
    }

    /**
     * {@return a directory in the source in which the tests may make and change files} With such a directory, the tests prove
     * that the importer does not overlook a change.
     *
     * @param directory the directory that {@link #config} got
     */
    protected Optional<Path> mutableDirectory(Path directory) throws Exception {
        return Optional.empty();
    }

    /**
     * {@return a source that the tests may change by its own means, if it is no directory} It takes the place of a directory in the
     * proof that the importer overlooks no change. Called once for each of the three ways.
     *
     * @param directory the directory that {@link #config} got
     */
    protected Optional<MutableSource> mutableSource(Path directory) throws Exception {
        return Optional.empty();
    }

    @Override
    final void describe(CheckSettings.Builder settings, Path directory) throws Exception {
        mutableDirectory(directory).ifPresent(settings::mutable);
        mutableSource(directory).ifPresent(settings::mutable);
    }
}
