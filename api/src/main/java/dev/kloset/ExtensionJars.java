package dev.kloset;

import dev.kloset.support.Sentence;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A directory of jars that the user supplies because the plugin may not bring them: drivers of databases, file systems. A component
 * of this type in a {@link Configuration} is a setting whose text is the directory; {@code doctor} then names its jars.
 *
 * {@snippet :
 * @Configuration
 * record Settings(RemoteLocation location, @Setting("Directory of more drivers") Optional<ExtensionJars> driverDir) {}
 *
 * for (Driver driver : settings.driverDir().get().load(Driver.class)) {
 *     Connection connection = driver.connect(url, properties); // DriverManager does not see it
 * }
 * }
 *
 * <p>The files whose names end in {@code .jar} count, in the order of their names; everything else in the directory is left alone.
 * They are looked at when they are first needed. Each class comes from the plugin if the plugin has it, and from the directory only
 * otherwise, so that no jar can replace a class of the JDK, of the SDK or of the plugin. A jar with classes of the SDK is refused.
 *
 * <p>Packaging cannot know which modules of Java the user's jars need: name them with {@code addModules}.
 *
 * <p>For several threads. Close it when none of its classes runs any longer.
 */
public final class ExtensionJars implements AutoCloseable {

    private final Path directory;
    private final String setting; // its key, or empty
    private final Object lock = new Object();
    private @Nullable ExtensionLoader loader; // guarded by lock
    private boolean closed; // guarded by lock

    private ExtensionJars(Path directory, String setting) {
        this.directory = directory.toAbsolutePath().normalize();
        this.setting = setting;
    }

    /** {@return the jars in {@code directory}} Does not look at it yet. */
    public static ExtensionJars in(Path directory) {
        return new ExtensionJars(directory, "");
    }

    /** {@return the jars in the directory that a setting names} */
    static ExtensionJars in(Path directory, String setting) {
        return new ExtensionJars(directory, setting);
    }

    /** {@return the directory, absolute} */
    public Path directory() {
        return directory;
    }

    /**
     * {@return the names of the jars, in order} Checks the jars, but keeps none of them open.
     *
     * @throws IOException if the directory cannot be read or has no jar, or if one of them cannot be used; the message says why
     */
    public List<String> names() throws IOException {
        return jars().stream().map(ExtensionJar::name).toList();
    }

    /**
     * {@return the class loader of the jars, the same each time} Its parent is the plugin's. Valid until {@link #close}.
     *
     * @throws IOException as {@link #names} does
     */
    public ClassLoader loader() throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("the jars in " + directory + " are closed");
            }
            if (loader == null) {
                loader = ExtensionLoader.of(jars());
            }
            return loader;
        }
    }

    /**
     * {@return an instance of each implementation of {@code service} that the jars name in {@code META-INF/services}, in the order
     * of the jars} The plugin's own are not among them. An implementation that cannot be loaded is passed over with a warning in the
     * log.
     *
     * @throws IOException as {@link #names} does, or if there are implementations and none of them can be loaded
     */
    public <S> List<S> load(Class<S> service) throws IOException {
        ClassLoader classes = loader();
        List<S> loaded = new ArrayList<>();
        List<IOException> failures = new ArrayList<>();
        for (Map.Entry<String, ExtensionJar> provider : providers(service).entrySet()) {
            try {
                Class<?> type = ExtensionLoader.load(classes, provider.getKey());
                if (classes.equals(type.getClassLoader())) {
                    loaded.add(ExtensionLoader.create(type, service));
                } else {
                    System.getLogger("dev.kloset")
                            .log(Level.INFO, provider.getKey() + " comes from the plugin, not from "
                                    + provider.getValue().name() + " in " + directory);
                }
            } catch (IOException e) {
                failures.add(failure(provider.getValue().name() + " in ", e));
            }
        }
        if (loaded.isEmpty() && !failures.isEmpty()) {
            throw failures.getFirst();
        }
        for (IOException failure : failures) {
            System.getLogger("dev.kloset").log(Level.WARNING, Sentence.of(failure));
        }
        return List.copyOf(loaded);
    }

    private Map<String, ExtensionJar> providers(Class<?> service) throws IOException {
        Map<String, ExtensionJar> providers = new LinkedHashMap<>();
        for (ExtensionJar jar : jars()) {
            for (String provider : jar.providers(service)) {
                providers.putIfAbsent(provider, jar);
            }
        }
        return providers;
    }

    /** {@return the jars, after a look at each} */
    private List<ExtensionJar> jars() throws IOException {
        List<ExtensionJar> jars = new ArrayList<>();
        for (Path file : files()) {
            try {
                jars.add(ExtensionJar.of(file));
            } catch (IOException e) {
                throw failure(file.getFileName() + " in ", e);
            }
        }
        if (jars.isEmpty()) {
            throw failure("the jars in ", new IOException("there is none"));
        }
        return jars;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (String.valueOf(entry.getFileName()).toLowerCase(Locale.ROOT).endsWith(".jar")) {
                    files.add(entry);
                }
            }
        } catch (IOException e) {
            throw failure("the jars in ", e);
        }
        files.sort(null);
        return files;
    }

    private IOException failure(String what, IOException why) {
        return new IOException("cannot use " + what + directory
                + (setting.isEmpty() ? "" : " (setting \"" + setting + "\")"), why);
    }

    /** Close the jars. Their classes cannot load any others from then on. */
    @Override
    public void close() throws IOException {
        synchronized (lock) {
            closed = true;
            if (loader != null) {
                loader.close();
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExtensionJars jars && jars.directory.equals(directory);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(directory);
    }

    /** {@return the directory} */
    @Override
    public String toString() {
        return directory.toString();
    }
}
