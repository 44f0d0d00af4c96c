package dev.kloset.testkit.junit;

import dev.kloset.Plugin;
import java.nio.file.Path;
import java.util.Optional;

/** Every clause that concerns importers, as tests of one connector. The source should have a few files, one of them empty. */
public abstract class ImporterContract extends ConnectorContract {

    /** Called by JUnit for every test. */
    protected ImporterContract() {
        super(Plugin.Kind.IMPORTER);
    }

    /**
     * {@return a directory in the source in which files may be made and changed} With one, the tests prove that the importer
     * does not overlook a change.
     *
     * @param directory the one that {@link #config} got
     */
    protected Optional<Path> mutableDirectory(Path directory) throws Exception {
        return Optional.empty();
    }

    @Override
    final Optional<Path> mutable(Path directory) throws Exception {
        return mutableDirectory(directory);
    }
}
