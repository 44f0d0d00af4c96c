package dev.kloset.files;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a connector of this package works, as an absolute path. */
final class RootPath {

    private RootPath() {}

    /**
     * {@return the absolute, clean path of the location in {@code config}}
     *
     * @param base what a relative location is relative to; empty for the directory of this process
     */
    static Path of(ConnectorConfig config, String base) throws ConfigException {
        String location = config.location().path();
        try {
            return Path.of(base).resolve(location).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            // The locale of the process may be too poor for the name: the reason says so, the setting names the place.
            throw new ConfigException("the setting \"location\" is not a path here: " + e.getReason());
        }
    }
}
