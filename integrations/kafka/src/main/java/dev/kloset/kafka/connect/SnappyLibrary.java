package dev.kloset.kafka.connect;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Gives Snappy the right library. Snappy takes the one for musl wherever musl's loader is installed, whatever C library the running
 * Java has, and then cannot load it.
 */
final class SnappyLibrary {

    private static final String PATH = "org.xerial.snappy.lib.path";
    private static final String LOADER = "/lib/ld-musl-x86_64.so.1";
    private static final String NAME = "libsnappyjava.so";

    private SnappyLibrary() {}

    /** Decide before Snappy does, unless the user has. */
    static synchronized void prepare() {
        if (System.getProperty(PATH) != null || !Files.exists(Path.of(LOADER)) || !isGlibc()) {
            return;
        }
        try (InputStream library = SnappyLibrary.class
                .getResourceAsStream("/org/xerial/snappy/native/Linux/x86_64/" + NAME)) {
            if (library == null) {
                return;
            }
            Path directory = Files.createTempDirectory("kloset-snappy");
            Path file = directory.resolve(NAME);
            directory.toFile().deleteOnExit();
            file.toFile().deleteOnExit(); // files go in reverse order
            Files.copy(library, file);
            System.setProperty(PATH, directory.toString());
            System.setProperty("org.xerial.snappy.lib.name", NAME);
        } catch (IOException e) {
            System.getLogger(SnappyLibrary.class.getName())
                    .log(Level.WARNING,
                            "cannot unpack the library of Snappy: records compressed with it are unreadable", e);
        }
    }

    /** {@return whether this Java runs on glibc} One for musl has no such loader in its program. */
    private static boolean isGlibc() {
        try {
            return Files.readString(Path.of("/proc/self/maps")).contains("/libc.so.6");
        } catch (IOException e) {
            return true;
        }
    }
}
