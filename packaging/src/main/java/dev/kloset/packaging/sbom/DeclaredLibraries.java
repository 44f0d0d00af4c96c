package dev.kloset.packaging.sbom;

import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the build tool knows of the jars on the class path. A jar by itself often says neither where it comes from nor under which
 * licence, since POMs inherit that.
 *
 * @param coordinates of each file that the build tool has declared
 * @param licences by group and artifact, such as {@code org.slf4j:slf4j-api}
 */
public record DeclaredLibraries(Map<Path, Coordinates> coordinates, Map<String, List<String>> licences) {

    public DeclaredLibraries {
        coordinates = Map.copyOf(coordinates);
        licences = Map.copyOf(licences);
    }

    /** {@return the values of {@code --library} and {@code --library-license}} */
    public static DeclaredLibraries of(Arguments arguments) throws UsageException {
        Map<Path, Coordinates> coordinates = new HashMap<>();
        for (String value : arguments.all("library")) {
            String[] parts = halves("library", value);
            Coordinates declared = Coordinates.parse(parts[0])
                    .orElseThrow(() -> new UsageException(
                            "--library is GROUP:ARTIFACT:VERSION=FILE, not \"" + value + "\""));
            coordinates.put(Path.of(parts[1]).toAbsolutePath().normalize(), declared);
        }
        Map<String, List<String>> licences = new HashMap<>();
        for (String value : arguments.all("library-license")) {
            String[] parts = halves("library-license", value);
            licences.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
        }
        return new DeclaredLibraries(coordinates, licences);
    }

    private static String[] halves(String option, String value) throws UsageException {
        String[] parts = value.split("=", 2);
        if (parts.length < 2 || parts[1].isEmpty()) {
            throw new UsageException("--" + option + " has an = between two parts, unlike \"" + value + "\"");
        }
        return parts;
    }

    Optional<Coordinates> of(Path file) {
        return Optional.ofNullable(coordinates.get(file));
    }

    List<String> licences(Coordinates library) {
        return licences.getOrDefault(library.group() + ":" + library.artifact(), List.of());
    }
}
