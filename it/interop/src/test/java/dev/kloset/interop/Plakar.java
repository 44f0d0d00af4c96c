package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** The real Plakar as a user with an empty home directory runs it. Nothing of it is left after {@link #close}. */
final class Plakar implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(20);

    private static @Nullable Path filesPackage; // guarded by the class

    private final Path program;
    private final Path home;
    private final ProcessWatch watch = new ProcessWatch();
    private final Map<String, String> environment = new TreeMap<>();
    private Duration patience = PATIENCE;
    private final List<String> prefix = new ArrayList<>(List.of("setsid"));

    private Plakar(PlakarVersion version, Path home) throws IOException, InterruptedException {
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
        // It would be made by a process in the background, of which the watch could not know that it ends by itself.
        environment.put("KLOSET_NO_START_CACHE", "1");
        watch.mark(environment);
        // It would ask the network for a newer version.
        ok("-disable-security-check");
    }

    /**
     * {@return Plakar with its own home below {@code directory}}
     *
     * @param directory a short path: a socket is made below it, and the names of sockets are limited
     */
    static Plakar below(Path directory) throws IOException, InterruptedException {
        return below(directory, PlakarVersion.V1_1_4);
    }

    /** {@return another Plakar, in the same way} */
    static Plakar below(Path directory, PlakarVersion version) throws IOException, InterruptedException {
        return new Plakar(version, Files.createDirectories(directory.resolve("home")));
    }

    /** {@return Plakar that has the files integration installed} */
    static Plakar withFiles(Path directory) throws IOException, InterruptedException {
        Plakar plakar = below(directory);
        plakar.ok("pkg", "add", filesPackage(plakar).toString());
        return plakar;
    }

    /** {@return the package of the files integration} The first to ask makes it: PackageTest is about how that is done. */
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

    /** {@return this, with one more variable in the environment of all later commands} */
    Plakar with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** {@return this, waiting so long for each later command} */
    Plakar patient(Duration longer) {
        patience = longer;
        return this;
    }

    /** {@return this, without root's privilege to read everything} Files without the bit become really unreadable. */
    Plakar bound() {
        if ("root".equals(System.getProperty("user.name"))) {
            String capabilities = "-dac_override,-dac_read_search";
            prefix.addAll(List.of("setpriv", "--inh-caps=" + capabilities, "--bounding-set=" + capabilities));
        }
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

    /** {@return the outcome of a line for the shell} It finds this Plakar, a Maven that has our jars, and the same home. */
    Outcome shell(Path cwd, String line) throws IOException, InterruptedException {
        return startShell(cwd, line).end(patience);
    }

    RunningCommand startShell(Path cwd, String line) throws IOException {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("PATH", program.getParent() + ":" + environment.get("PATH"));
        // Each Maven lives for seconds.
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
        ok("pkg", "add", pack(image).toString());
    }

    /** {@return the package that {@code plakar pkg create} makes of {@code image}} */
    Path pack(Path image) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(home, "pkg");
        start(directory, List.of("pkg", "create", image.resolve("manifest.yaml").toString(), "v0.1.0")).end(PATIENCE)
                .orFail();
        try (Stream<Path> made = Files.list(directory)) {
            return made.findAny().orElseThrow(() -> new AssertionFailedError("pkg create made no file"));
        }
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

    /** Stop the cache daemon, then insist that no process of ours is left. */
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
