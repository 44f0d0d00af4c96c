package dev.kloset.files.posix;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a connector of this package works, as an absolute path. */
public final class RootPath {

    private RootPath() {}

    /**
     * {@return the absolute, clean path of the location in {@code config}}
     *
     * @param base the directory for a relative location; empty for the directory of this process
     */
    public static Path of(ConnectorConfig config, String base) throws ConfigException {
        String location = config.location().path();
        try {
            return Path.of(base).resolve(location).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            // The locale of the process may be unable to express the name; the reason says so, and the setting names the place.
            throw new ConfigException("the setting \"location\" is not a path here: " + e.getReason());
        }
    }
}
