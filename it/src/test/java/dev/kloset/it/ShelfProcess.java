package dev.kloset.it;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginProcess;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Starts {@link ShelfPlugin} as users start a plugin: with the launcher of the SDK, in a process of its own. */
final class ShelfProcess {

    static final String PASSWORD = "canary-7d1e9";
    static final String LOCATION_PASSWORD = "canary-2b%40f8";

    private static final Path LAUNCHER = Path.of("../runtime/src/main/launcher/launcher.sh");

    private final Path launcher;
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();

    ShelfProcess(Path directory) throws IOException {
        this(directory, ShelfPlugin.class);
    }

    ShelfProcess(Path directory, Class<?> main) throws IOException {
        this(directory, main, "log4j-to-jul");
    }

    /**
     * @param without a part of the name of a jar of this test that the plugin leaves out
     */
    ShelfProcess(Path directory, Class<?> main, String without) throws IOException {
        this.launcher = directory.resolve("shelf");
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("slf4j-nop") && !entry.contains(without))
                .collect(Collectors.joining(File.pathSeparator));
        Files.writeString(launcher, Files.readString(LAUNCHER)
                .replace("@plugin.main@", main.getName())
                .replace("@plugin.mebibytes@", "48")
                .replace("@java.version@", "25")
                .replace("@java.interpreter@", "")
                .replace("@plugin.unpacks@", "")
                .replace("@plugin.options@", "")
                .replace("@plugin.classpath@", "")
                .replace("@plugin.training@", "")
                .replace("@plugin.version@", "")
                .replace("jars=${jars#:}", "jars='" + classPath + "'"));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Map<String, String> javaHome() {
        // A process in the background would make the cache, and outlive the test.
        return Map.of("KLOSET_JAVA_HOME", System.getProperty("java.home"), "KLOSET_NO_START_CACHE", "1");
    }

    /** Uses the importer. */
    interface Use {
        void with(Importer importer) throws IOException, InterruptedException;
    }

    static Map<String, String> settings(String location, String... more) {
        Map<String, String> settings = new HashMap<>(
                Map.of("location", location, "access_name", "joe", "access_password",
                        PASSWORD, "timeout", "1s"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    /** {@return the program} */
    Path launcher() {
        return launcher;
    }

    /** {@return how to start the plugin} */
    PluginCommand.Builder command(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(javaHome());
        all.putAll(environment);
        return PluginCommand.builder(launcher).name("shelf").environment(all).stderr(errors::add);
    }

    /** {@return the context of a host that asks the plugin for its connector} */
    static ConnectorContext context(Map<String, String> settings) {
        return ConnectorContext.of("shelf", ConnectorConfig.of(settings), Options.builder().hostname("here").build());
    }

    /** {@return the plugin's process, with its standard error in a file} */
    Process start(Map<String, String> environment, Path errors) throws IOException {
        return start(environment, Redirect.to(errors.toFile()));
    }

    /** {@return the plugin's process, whose standard error the caller reads} */
    Process start(Map<String, String> environment) throws IOException {
        return start(environment, Redirect.PIPE);
    }

    private Process start(Map<String, String> environment, Redirect errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString()).redirectError(errors);
        builder.environment().putAll(javaHome());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Start the plugin, initialise it, use it, end it. {@return the exception that resulted, if any} */
    IOException failure(Map<String, String> settings, Map<String, String> environment, Use use)
            throws InterruptedException {
        try (PluginProcess plugin = PluginProcess.start(command(environment).build());
                Importer importer = plugin.importer(context(settings))) {
            use.with(importer);
            return new IOException("nothing failed");
        } catch (IOException e) {
            return e;
        }
    }

    IOException failure(Map<String, String> settings) throws InterruptedException {
        return failure(settings, Map.of(), importer -> {});
    }

    /** {@return the result of the launcher in a terminal that {@code script} makes} */
    Ended inTerminal(Path script) throws IOException, InterruptedException {
        return run(Map.of(), List.of(script.toString(), "-qec", launcher.toString(), "/dev/null"), List.of());
    }

    /** The outcome of a command of the plugin, and its output to both streams. */
    record Ended(int status, String text) {}

    /** {@return the result of the launcher with these arguments} */
    Ended run(Map<String, String> environment, List<String> arguments) throws IOException, InterruptedException {
        return run(environment, List.of(launcher.toString()), arguments);
    }

    private static Ended run(Map<String, String> environment, List<String> program, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(javaHome());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }

    /** {@return the result of the doctor with {@link #settings} and more arguments} */
    Ended doctor(Map<String, String> environment, Map<String, String> settings, String... more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("doctor"));
        settings.forEach((key, value) -> arguments.addAll(List.of("-o", key + "=" + value)));
        arguments.addAll(List.of(more));
        return run(environment, arguments);
    }

    /** {@return the output of the launcher with these arguments} */
    String output(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), List.of(arguments)).text();
    }

    /** {@return all that the processes have written to standard error so far} */
    List<String> errors() {
        return List.copyOf(errors);
    }
}
