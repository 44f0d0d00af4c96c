package dev.kloset.packaging;

import dev.kloset.packaging.manifest.Manifest;
import dev.kloset.packaging.manifest.ManifestFile;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.Directories;
import dev.kloset.packaging.tool.Jdk;
import dev.kloset.packaging.tool.PackagingException;
import dev.kloset.packaging.tool.Plakar;
import dev.kloset.packaging.tool.PlakarHome;
import dev.kloset.packaging.tool.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Plakar command with a plugin that is not installed. */
final class PlakarRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path image;
    private final Path directory;
    private final List<String> words;
    private final Plakar plakar;
    private final Jdk jdk;
    private final Optional<DebuggerPorts> debugger;
    private final PlakarHome home;

    private PlakarRun(Arguments arguments) throws UsageException, PackagingException, IOException {
        this.image = arguments.path("image");
        this.directory = arguments.path("home");
        this.words = arguments.all("command");
        if (words.isEmpty()) {
            throw new UsageException("--command is missing: give a command line of plakar word by word");
        }
        this.plakar = Plakar.of(arguments);
        this.jdk = Jdk.of(arguments);
        this.debugger = DebuggerPorts.of(arguments);
        this.home = PlakarHome.at(directory);
    }

    static PlakarRun of(Arguments arguments) throws UsageException, PackagingException, IOException {
        return new PlakarRun(arguments);
    }

    /** {@return Plakar's exit status} Plakar uses the input and output of the caller. */
    int run(PrintStream out) throws PackagingException, IOException, InterruptedException {
        home.prepare(plakar);
        install();
        List<String> command = new ArrayList<>(List.of(plakar.program().toString()));
        command.addAll(withRepository());
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(environment());
        out.flush();
        Process process = builder.start();
        try {
            return process.waitFor();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private void install() throws PackagingException, IOException, InterruptedException {
        // An earlier trial installed an older build.
        Directories.delete(directory.resolve("data"));
        Path trialImage = debugger.isPresent() ? debugger.get().wrap(image, directory) : image;
        Manifest manifest = ManifestFile.read(trialImage.resolve(Manifest.FILE_NAME)).manifest();
        plakar.install(trialImage, manifest.name(), directory.resolve("package"), home);
    }

    /** Give a command that names no repository a repository of its own, which stays for the next trial. */
    private List<String> withRepository() throws PackagingException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(words);
        boolean named = words.getFirst().equals("at") && words.size() > 2;
        if (!named && !needsRepository(words.getFirst())) {
            return command;
        }
        if (!named) {
            command.addAll(0, List.of("at", directory.resolve("repository").toString()));
        }
        if (!command.get(2).equals("create")) {
            createIfAbsent(command.get(1));
        }
        return command;
    }

    private static boolean needsRepository(String command) {
        return !List
                .of("pkg", "version", "help", "source", "destination", "store", "login", "logout", "service", "token")
                .contains(command) && !command.startsWith("-");
    }

    private void createIfAbsent(String location) throws PackagingException, IOException, InterruptedException {
        if (!location.startsWith("@") && !Files.exists(Path.of(location).resolve("CONFIG"))) {
            // The repository may exist in a store of the plugin. Then this fails, and the command itself finds the repository.
            plakar.command(List.of("at", location, "create", "-plaintext"), home).with(environment()).run(PATIENCE);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(home.environment());
        environment.put("KLOSET_JAVA_HOME", jdk.home().toString());
        return environment;
    }

    @Override
    public void close() throws IOException {
        home.close();
    }
}
