package dev.kloset.packaging.modules;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The modules of a JDK that a program gets without asking for them.
 *
 * @param byPackage the module of each package; every package belongs to exactly one
 */
record SystemModules(Set<String> names, Map<String, String> byPackage) {

    /** Java loads none of these unless an option names them; libraries that can use them also work without. */
    private static final String INCUBATOR = "jdk.incubator.";

    SystemModules {
        names = Set.copyOf(names);
        byPackage = Map.copyOf(byPackage);
    }

    /** {@return the modules of the JDK in {@code home}, which need not be the JDK that runs this} */
    static SystemModules of(Path home) throws IOException {
        Set<String> names = new HashSet<>();
        Map<String, String> byPackage = new HashMap<>();
        Map<String, String> where = Map.of("java.home", home.toString());
        try (FileSystem image = FileSystems.newFileSystem(URI.create("jrt:/"), where);
                DirectoryStream<Path> modules = Files.newDirectoryStream(image.getPath("/modules"))) {
            for (Path module : modules) {
                try (InputStream in = Files.newInputStream(module.resolve("module-info.class"))) {
                    ModuleDescriptor descriptor = ModuleDescriptor.read(in);
                    if (!descriptor.name().startsWith(INCUBATOR)) {
                        names.add(descriptor.name());
                        descriptor.packages().forEach(name -> byPackage.put(name, descriptor.name()));
                    }
                }
            }
        }
        return new SystemModules(names, byPackage);
    }

    /** {@return the module of a class, if it belongs to the JDK} Write {@code type} with dots. */
    Optional<String> of(String type) {
        int dot = type.lastIndexOf('.');
        return Optional.ofNullable(byPackage.get(type.substring(0, Math.max(dot, 0))));
    }
}
