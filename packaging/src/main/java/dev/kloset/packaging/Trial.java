package dev.kloset.packaging;

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

/** One Plakar command with a plugin that nobody has installed. */
final class Trial implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path image;
    private final Path directory;
    private final List<String> words;
    private final Plakar plakar;
    private final Jdk jdk;
    private final Optional<DebuggerPorts> debugger;
    private final PlakarHome home;

    private Trial(Arguments arguments) throws UsageException, PackagingException, IOException {
        this.image = arguments.path("image");
        this.directory = arguments.path("home");
        this.words = arguments.all("command");
        if (words.isEmpty()) {
            throw new UsageException("--command is missing, a word of a command line of plakar");
        }
        this.plakar = Plakar.of(arguments);
        this.jdk = Jdk.of(arguments);
        this.debugger = DebuggerPorts.of(arguments);
        this.home = PlakarHome.at(directory);
    }

    static Trial of(Arguments arguments) throws UsageException, PackagingException, IOException {
        return new Trial(arguments);
    }

    /** {@return Plakar's exit status} Its input and output are the caller's. */
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
        // What an earlier trial has installed is of an older build.
        Directories.delete(directory.resolve("data"));
        Path packages = Directories.fresh(directory.resolve("package"));
        Path trialImage = debugger.isPresent() ? debugger.get().wrap(image, directory) : image;
        Manifest manifest = WrittenManifest.read(trialImage.resolve(Manifest.FILE_NAME)).manifest();
        Platform here = Platform.here();
        Path file = packages.resolve(manifest.name() + "_v0.0.0_" + here.os() + "_" + here.arch() + ".ptar");
        plakar.command(List.of("pkg", "create", "-out", file.toString(),
                trialImage.resolve(Manifest.FILE_NAME).toString(), "v0.0.0"), home)
                .succeed("make a package for the trial", PATIENCE);
        plakar.command(List.of("pkg", "add", file.toString()), home).succeed("install the package", PATIENCE);
    }

    /** A command that says of no repository gets one of its own, which stays for the next trial. */
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
            // It may exist in a store of the plugin; then this fails, and the command itself finds it.
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
