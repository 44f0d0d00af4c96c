package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** The real Plakar, run as a user with an empty home directory would run it. {@link #close} leaves nothing behind. */
final class Plakar implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(20);

    private static @Nullable Path filesPackage; // guarded by the class

    private final Path program;
    private final Path home;
    private final ProcessWatch watch = new ProcessWatch();
    private final Map<String, String> environment = new TreeMap<>();
    private Duration patience = PATIENCE;
    private final List<String> prefix = new ArrayList<>(List.of("setsid"));

    private Plakar(PlakarVersion version, Path home, List<String> entry) throws IOException, InterruptedException {
        prefix.addAll(entry);
        this.program = version.program();
        this.home = home;
        environment.put("PATH", Programs.javaHome().resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("JAVA_HOME", Programs.javaHome().toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", home.toString());
        environment.put("XDG_CONFIG_HOME", directory("config"));
        environment.put("XDG_CACHE_HOME", directory("cache"));
        environment.put("XDG_DATA_HOME", directory("data"));
        environment.put("XDG_RUNTIME_DIR", directory("run"));
        environment.put("TMPDIR", directory("tmp"));
        // A background process would make the cache, and the watch could not know that it ends by itself.
        environment.put("KLOSET_NO_START_CACHE", "1");
        watch.mark(environment);
        // Otherwise Plakar would ask the network for a newer version.
        ok("-disable-security-check");
    }

    /**
     * {@return Plakar with its own home below {@code directory}}
     *
     * @param directory a short path, because a socket is made below it, and the length of such paths is limited
     */
    static Plakar below(Path directory) throws IOException, InterruptedException {
        return below(directory, PlakarVersion.V1_1_4);
    }

    /** {@return another version of Plakar, in the same way} */
    static Plakar below(Path directory, PlakarVersion version) throws IOException, InterruptedException {
        return new Plakar(version, Files.createDirectories(directory.resolve("home")), List.of());
    }

    /** {@return Plakar with the files integration installed} */
    static Plakar withFiles(Path directory) throws IOException, InterruptedException {
        Plakar plakar = below(directory);
        plakar.add(filesPackage(plakar));
        return plakar;
    }

    /** {@return the same, but Plakar runs in {@code root}, which sees {@code directory}} The package is made outside. */
    static Plakar withFilesInside(MuslRoot root, Path directory) throws IOException, InterruptedException {
        Path made;
        try (Plakar outside = below(directory.resolve("outside"))) {
            made = filesPackage(outside);
            made = Files.copy(made, directory.resolve(made.getFileName()));
        }
        Plakar plakar = new Plakar(PlakarVersion.V1_1_4, Files.createDirectories(directory.resolve("home")),
                root.entry());
        plakar.ok("pkg", "add", made.toString());
        return plakar;
    }

    /** {@return the package of the files integration} The first caller makes it; PackageTest tests how. */
    private static Path filesPackage(Plakar plakar) throws IOException, InterruptedException {
        synchronized (Plakar.class) {
            if (filesPackage == null) {
                Path made = plakar.pack(Programs.filesImage());
                Path directory = Files.createTempDirectory("interop-package");
                directory.toFile().deleteOnExit();
                filesPackage = Files.move(made, directory.resolve(made.getFileName()));
                filesPackage.toFile().deleteOnExit();
            }
            return filesPackage;
        }
    }

    private String directory(String name) throws IOException {
        return Files.createDirectories(home.resolve(name)).toString();
    }

    /** {@return this Plakar, with one more variable in the environment of all later commands} */
    Plakar with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** {@return this Plakar, with a time limit of {@code longer} for each later command} */
    Plakar patient(Duration longer) {
        patience = longer;
        return this;
    }

    /** {@return this Plakar, without root's privilege to read everything} Files without read permission then really are unreadable. */
    Plakar bound() {
        if ("root".equals(System.getProperty("user.name"))) {
            String capabilities = "-dac_override,-dac_read_search";
            prefix.addAll(List.of("setpriv", "--inh-caps=" + capabilities, "--bounding-set=" + capabilities));
        }
        return this;
    }

    /** {@return this Plakar, with all later commands run by {@code command}, which executes the words that follow its own} */
    Plakar within(List<String> command) {
        prefix.addAll(command);
        return this;
    }

    RunningCommand start(List<String> arguments) throws IOException {
        return start(home, arguments);
    }

    private RunningCommand start(Path cwd, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(program.toString());
        command.addAll(arguments);
        return RunningCommand.start(command, environment, cwd);
    }

    /** {@return the outcome of a shell command} The shell finds this Plakar, a Maven that has our jars, and the same home. */
    Outcome shell(Path cwd, String line) throws IOException, InterruptedException {
        return startShell(cwd, line).end(patience);
    }

    RunningCommand startShell(Path cwd, String line) throws IOException {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("PATH", program.getParent() + ":" + environment.get("PATH"));
        // Each Maven runs for seconds only.
        all.put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dmaven.repo.local="
                + Programs.mavenRepository());
        return RunningCommand.start(List.of("setsid", "sh", "-c", line), all, cwd);
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        return start(List.of(arguments)).end(patience);
    }

    Outcome ok(String... arguments) throws IOException, InterruptedException {
        return run(arguments).orFail();
    }

    /** Make a package of {@code image} and install it, both with Plakar's own commands. */
    void install(Path image) throws IOException, InterruptedException {
        add(pack(image));
    }

    /**
     * Install a package. Plakar v1.1.4 may crash while it reports the last file, because another thread has closed the channel of its
     * events; that is no fault of the package, so it has a second chance.
     */
    private void add(Path made) throws IOException, InterruptedException {
        Outcome outcome = run("pkg", "add", made.toString());
        if (outcome.text().contains("panic: send on closed channel")) {
            outcome = run("pkg", "add", made.toString());
        }
        outcome.orFail();
    }

    /** {@return the package that {@code plakar pkg create} makes from {@code image}} */
    Path pack(Path image) throws IOException, InterruptedException {
        return pack(image, "v0.1.0");
    }

    /** {@return the same with another version} */
    Path pack(Path image, String version) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(home, "pkg");
        start(directory, List.of("pkg", "create", image.resolve("manifest.yaml").toString(), version)).end(PATIENCE)
                .orFail();
        try (Stream<Path> made = Files.list(directory)) {
            return made.findAny().orElseThrow(() -> new AssertionFailedError("pkg create made no file"));
        }
    }

    /** {@return the directory of the only installed package} */
    Path installation() throws IOException {
        try (Stream<Path> packages = Files.list(home.resolve("cache/plakar/plugins/v1.1.0"))) {
            return packages.findAny().orElseThrow();
        }
    }

    /**
     * Run the plugin of the installed package through {@code command}, which executes the words that follow its own.
     *
     * @param launcher the file that Plakar starts
     */
    void holdPlugin(String launcher, List<String> command) throws IOException {
        Path file = installation().resolve(launcher);
        Path real = Files.move(file, file.resolveSibling(launcher + ".real"));
        String words = Stream.concat(command.stream(), Stream.of(real.toString()))
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        Files.writeString(file, "#!/bin/sh\nexec " + words + " \"$@\"\n");
        Files.setAttribute(file, "unix:mode", 0755);
    }

    /** {@return the repository at {@code location}, which need not exist yet} */
    Repository at(String location) {
        return new Repository(this, location);
    }

    ProcessWatch watch() {
        return watch;
    }

    Path home() {
        return home;
    }

    Path temporaryFiles() {
        return home.resolve("tmp");
    }

    /** Stop the cache daemon, then require that none of our processes is left. */
    @Override
    public void close() throws IOException {
        watch.awaitNoneButCached(Duration.ofMinutes(1));
        for (ProcessWatch.Found process : watch.processes()) {
            if (process.isCached()) {
                Signals.send("TERM", Long.toString(process.pid()));
            }
        }
        watch.awaitNone(Duration.ofMinutes(1));
    }
}
