package dev.kloset.packaging.image;

import dev.kloset.packaging.tool.ExternalCommand;
import dev.kloset.packaging.tool.PackagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The system package to which a file belongs.
 *
 * @param source the source from which the package is built, with the version
 */
record SystemPackage(String name, String source) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** {@return the package; empty if the package manager is not dpkg, rpm or apk, or does not know the file} */
    static Optional<SystemPackage> of(Path file) throws IOException, InterruptedException {
        for (Path name : names(file)) {
            for (Question question : List.<Question>of(SystemPackage::debian, SystemPackage::redHat,
                    SystemPackage::alpine)) {
                Optional<SystemPackage> found = question.ask(name);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Asks one package manager. */
    private interface Question {
        Optional<SystemPackage> ask(Path file) throws IOException, InterruptedException;
    }

    /**
     * {@return the names under which a package manager may know the file} Where /lib is a link to /usr/lib, it knows only one
     * of the two.
     */
    private static List<Path> names(Path file) {
        return file.startsWith("/usr")
                ? List.of(file, Path.of("/").resolve(Path.of("/usr").relativize(file)))
                : List.of(file, Path.of("/usr" + file));
    }

    private static Optional<SystemPackage> debian(Path file) throws IOException, InterruptedException {
        Optional<String> owner = ask("dpkg-query", "--search", file.toString());
        if (owner.isEmpty() || !owner.get().contains(": ")) {
            return Optional.empty();
        }
        String name = owner.get().substring(0, owner.get().indexOf(": "));
        return ask("dpkg-query", "--show", "--showformat", "${source:Package} ${source:Version}", name)
                .map(source -> new SystemPackage(name.replaceFirst(":.*", ""), source));
    }

    private static Optional<SystemPackage> redHat(Path file) throws IOException, InterruptedException {
        return ask("rpm", "--query", "--file", "--queryformat", "%{NAME} %{SOURCERPM}\n", file.toString())
                .map(answer -> answer.split(" ", 2))
                .filter(words -> words.length == 2)
                .map(words -> new SystemPackage(words[0], words[1]));
    }

    private static Optional<SystemPackage> alpine(Path file) throws IOException, InterruptedException {
        String owned = " is owned by ";
        return ask("apk", "info", "--who-owns", file.toString()).filter(answer -> answer.contains(owned))
                .map(answer -> answer.substring(answer.indexOf(owned) + owned.length()))
                .map(version -> new SystemPackage(version.replaceFirst("-[0-9].*", ""), version));
    }

    /** {@return the first line of the output of a program, if the program exists and succeeds} */
    private static Optional<String> ask(String... command) throws IOException, InterruptedException {
        try {
            ExternalCommand.Outcome outcome = new ExternalCommand(List.of(command)).run(PATIENCE);
            return outcome.exit() == 0 ? outcome.out().lines().findFirst() : Optional.empty();
        } catch (PackagingException e) {
            return Optional.empty();
        }
    }

    /** {@return the files with the licences for its distribution} */
    List<Path> licences() throws IOException {
        Path debian = Path.of("/usr/share/doc", name, "copyright");
        if (Files.exists(debian)) {
            return List.of(debian);
        }
        Path others = Path.of("/usr/share/licenses", name);
        if (!Files.isDirectory(others)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(others)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** {@return the name that this system gives itself} */
    static String system() throws IOException {
        Path release = Path.of("/etc/os-release");
        String name = "PRETTY_NAME=";
        return !Files.exists(release)
                ? "an unknown system"
                : Files.readAllLines(release)
                        .stream()
                        .filter(line -> line.startsWith(name))
                        .findFirst()
                        .map(line -> line.substring(name.length()).replace("\"", ""))
                        .orElse("an unknown system");
    }
}
