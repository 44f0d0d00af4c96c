package dev.kloset.packaging.image;

import dev.kloset.packaging.sbom.Component;
import dev.kloset.packaging.tool.Directories;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Records for each file copied from this system what it belongs to, its licence, and where its source is. If you distribute a
 * package, you must be able to provide these as well.
 *
 * @param version the version of glibc, in its own words
 */
record LibrarySources(String version, List<Copied> files) {

    private static final String LICENCE = "LGPL-2.1.txt";

    LibrarySources {
        files = List.copyOf(files);
    }

    /** {@return the C library as a part of the package} */
    Component component(String directory) throws IOException, InterruptedException {
        String number = version.replaceFirst(".*version (2\\.\\d+).*", "$1");
        Optional<SystemPackage> owner = files.isEmpty()
                ? Optional.empty()
                : SystemPackage.of(files.getFirst().origin());
        Map<String, String> properties = new LinkedHashMap<>(Map.of("file", directory, "describes-itself", version));
        if (owner.isPresent()) {
            properties.put("source", owner.get().source() + " of " + SystemPackage.system());
        }
        return new Component("library", "", "glibc", number, "", "cpe:2.3:a:gnu:glibc:" + number + ":*:*:*:*:*:*:*",
                List.of("LGPL-2.1-or-later"), "", properties);
    }

    /** Write the record to {@code directory}, together with the licences. */
    void write(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        try (InputStream text = LibrarySources.class.getResourceAsStream(LICENCE)) {
            Files.copy(Objects.requireNonNull(text, LICENCE), directory.resolve(LICENCE));
        }
        String system = SystemPackage.system();
        List<String> lines = new ArrayList<>(List.of(
                "These files are not part of Java. They come, unchanged, from the system",
                "that this package was made on, and are used where a system has no glibc.",
                "You may replace them with other versions that do the same.", "", version,
                "licence: LGPL-2.1-or-later, see " + LICENCE + "; parts have others",
                "source:  that of the packages below, or of the version of the project: https://ftp.gnu.org/gnu/glibc/"));
        for (Map.Entry<Optional<SystemPackage>, List<String>> part : byPackage().entrySet()) {
            lines.add("");
            if (part.getKey().isPresent()) {
                lines.addAll(describe(part.getKey().get(), system, directory));
            } else {
                lines.add("no package of " + system + " that dpkg, rpm or apk know:");
            }
            part.getValue().forEach(name -> lines.add("  " + name));
        }
        Directories.write(directory.resolve("SOURCES.txt"), String.join("\n", lines) + "\n");
    }

    private Map<Optional<SystemPackage>, List<String>> byPackage() throws IOException, InterruptedException {
        Map<Optional<SystemPackage>, List<String>> names = new LinkedHashMap<>();
        for (Copied file : files) {
            names.computeIfAbsent(SystemPackage.of(file.origin()), _ -> new ArrayList<>()).add(file.name());
        }
        return names;
    }

    private static List<String> describe(SystemPackage part, String system, Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("package " + part.name() + " of " + system);
        for (Path licence : part.licences()) {
            String name = part.name() + "-" + licence.getFileName() + ".txt";
            Files.copy(licence, directory.resolve(name));
            lines.add("licence: " + name);
        }
        lines.add("source:  the source package " + part.source() + " of that system");
        return lines;
    }
}
