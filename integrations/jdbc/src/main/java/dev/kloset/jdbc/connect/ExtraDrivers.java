package dev.kloset.jdbc.connect;

import dev.kloset.ConfigException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The drivers in a directory of the user's. */
final class ExtraDrivers {

    private ExtraDrivers() {}

    /** {@return the drivers that the jars of the directory announce} They stay loaded until the process ends. */
    static List<Driver> in(Path directory) throws IOException {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        if (jars.isEmpty()) {
            throw new ConfigException("there is no jar in the directory of the setting \"driver_dir\"");
        }
        @SuppressWarnings("resource") // the drivers load classes from it as long as the process lives
        ClassLoader loader = new URLClassLoader("driver_dir", jars.toArray(URL[]::new),
                ExtraDrivers.class.getClassLoader());
        return ServiceLoader.load(Driver.class, loader)
                .stream()
                .filter(driver -> loader.equals(driver.type().getClassLoader()))
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
