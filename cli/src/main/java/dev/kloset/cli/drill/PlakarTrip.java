package dev.kloset.cli.drill;

import dev.kloset.packaging.tool.ExternalCommand;
import dev.kloset.packaging.tool.PackagingException;
import dev.kloset.packaging.tool.Plakar;
import dev.kloset.packaging.tool.PlakarHome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plakar with a home, a repository and plugins of its own, all in one directory, which its owner deletes. Closing ends what Plakar
 * leaves running. An interrupt ends the command that runs.
 */
final class PlakarTrip implements AutoCloseable {

    /** A backup takes as long as it takes; the user may interrupt it. */
    private static final Duration PATIENCE = Duration.ofDays(30);

    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{64}\\b");

    private final Plakar plakar;
    private final Path directory;
    private final PlakarHome home;

    private PlakarTrip(Plakar plakar, Path directory, PlakarHome home) {
        this.plakar = plakar;
        this.directory = directory;
        this.home = home;
    }

    /** {@return a trip whose repository is still missing} */
    static PlakarTrip in(Path directory, Plakar plakar) throws IOException {
        return new PlakarTrip(plakar, directory, PlakarHome.at(directory.resolve("home")));
    }

    /** {@return what Plakar calls its version, such as {@code v1.1.4}} */
    String version() throws PackagingException, IOException, InterruptedException {
        home.prepare(plakar);
        String version = run("say its version", List.of("version")).out().strip();
        return version.substring(version.indexOf('/') + 1);
    }

    void install(Path image, String name) throws PackagingException, IOException, InterruptedException {
        plakar.install(image, name, directory.resolve("package"), home);
    }

    /**
     * {@return the identifier of a snapshot of the source} Not encrypted, because only this user can read the directory, and it is
     * deleted at the end.
     */
    String backup(String source, Map<String, String> settings)
            throws PackagingException, IOException, InterruptedException {
        at("create the repository of the drill", List.of("create", "-plaintext"));
        List<String> command = new ArrayList<>(List.of("backup", "-no-progress"));
        add(command, settings);
        command.add(source);
        at("back up " + source, command);
        Matcher id = ID.matcher(at("list the snapshot", List.of("ls", "-uuid")).out());
        if (!id.find()) {
            throw new PackagingException("plakar backup made no snapshot of " + source);
        }
        return id.group();
    }

    void restore(String snapshot, String destination, Map<String, String> settings)
            throws PackagingException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("restore"));
        add(command, settings);
        command.addAll(List.of("-to", destination, snapshot));
        at("restore to " + destination, command);
    }

    private static void add(List<String> command, Map<String, String> settings) {
        settings.forEach((key, value) -> command.addAll(List.of("-o", key + "=" + value)));
    }

    private ExternalCommand.Outcome at(String purpose, List<String> command)
            throws PackagingException, IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-quiet", "at", directory.resolve("repository").toString()));
        all.addAll(command);
        return run(purpose, all);
    }

    private ExternalCommand.Outcome run(String purpose, List<String> command)
            throws PackagingException, IOException, InterruptedException {
        return plakar.command(command, home)
                .with(Map.of("KLOSET_JAVA_HOME", System.getProperty("java.home")))
                .succeed(purpose, PATIENCE);
    }

    @Override
    public void close() throws IOException {
        home.close();
    }
}
