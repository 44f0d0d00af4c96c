package dev.kloset.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code kloset copy}: the same plugin under our host. */
final class KlosetCopy {

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Path directory;
    private final List<String> prefix = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private Path home = Programs.root();

    /**
     * @param directory for the files that the command keeps
     */
    KlosetCopy(Path directory) {
        this.directory = directory;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("HOME", directory.toString());
        environment.put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        environment.put("KLOSET_NO_BUILD", "1");
        environment.put("KLOSET_JAVA", Programs.javaHome().toString());
    }

    /** {@return this command, run by {@code command}, which executes the words that follow its own} */
    KlosetCopy within(List<String> command) {
        prefix.addAll(command);
        return this;
    }

    /** {@return this command, run as the user "nobody", with a copy of the command in {@code directory}} */
    KlosetCopy asNobody() throws IOException, InterruptedException {
        home = Checkout.of(directory.resolve("kloset"), "files");
        Shell.ok(directory, "chmod --recursive a+rX .");
        return within(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    }

    Outcome run(Path from, Path to, String... options) throws IOException, InterruptedException {
        return start(from, to, options).end(PATIENCE);
    }

    Outcome ok(Path from, Path to, String... options) throws IOException, InterruptedException {
        return run(from, to, options).orFail();
    }

    RunningCommand start(Path from, Path to, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("copy", "--no-progress"));
        words.addAll(List.of(options));
        words.addAll(List.of("files://" + from, "files://" + to));
        return command(words);
    }

    /** Start any command of {@code kloset}. */
    RunningCommand command(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(home.resolve("kloset").toString());
        command.addAll(words);
        return RunningCommand.start(command, environment, directory);
    }

    /** {@return this command, with one more variable in its environment} */
    KlosetCopy with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }
}
