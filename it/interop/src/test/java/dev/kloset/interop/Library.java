package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/**
 * A popular library, and a call that works only if its classes and its Java are complete.
 *
 * @param artifacts Maven's coordinates
 * @param says the result of the call
 * @param source the class that makes the call
 */
record Library(String name, List<String> artifacts, String says, Path source) {

    private static final String ARTIFACTS = "// What it needs:";
    private static final String SAYS = "// What it says:";
    private static final String SUFFIX = ".java";

    Library {
        artifacts = List.copyOf(artifacts);
    }

    /** {@return all libraries, in the order of their names} */
    static List<Library> all() throws IOException {
        try (Stream<Path> sources = Files.list(Programs.root().resolve("it/interop/src/test/libraries"))) {
            return sources.sorted().map(Library::read).toList();
        }
    }

    private static Library read(Path source) {
        String file = source.getFileName().toString();
        String needs = header(source, ARTIFACTS);
        return new Library(file.substring(0, file.length() - SUFFIX.length()),
                needs.isEmpty() ? List.of() : List.of(needs.split(" ")), header(source, SAYS), source);
    }

    private static String header(Path source, String start) {
        try (Stream<String> lines = Files.lines(source)) {
            return lines.filter(line -> line.startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .findFirst()
                    .orElseThrow(() -> new AssertionFailedError(source + " has no line " + start));
        } catch (IOException e) {
            throw new AssertionFailedError("cannot read " + source, e);
        }
    }

    /** {@return the artifacts in the form of a POM} */
    String dependencies() {
        return artifacts.stream().map(artifact -> artifact.split(":", -1)).map(parts -> """
                <dependency>
                  <groupId>%s</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                </dependency>
                """.formatted(parts[0], parts[1], parts[2])).collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return name;
    }
}
