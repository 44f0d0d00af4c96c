package dev.kloset.testkit.subject;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How Java starts a main class: with a file of classes that are loaded and linked already, as a package has one. It is made once
 * for all starts of this process and goes with it. Where it cannot be made, Java starts without.
 *
 * @param options all options, the class path among them
 */
record AotCache(List<String> options) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What a package is started with, but for a compiler that is quick and waits: little runs often before the process ends. */
    private static final List<String> ALWAYS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-XX:CompileThresholdScaling=10", "-XX:-UsePerfData", "-Xlog:disable", "-Xlog:all=off:stderr",
            "--enable-native-access=ALL-UNNAMED");

    private static final Map<String, AotCache> MADE = new HashMap<>(); // one for each main class; guarded by itself

    /** {@return how to start {@code mainClass}} Takes a few seconds when that is first asked, without a rehearsal before. */
    static AotCache of(String mainClass) throws IOException {
        synchronized (MADE) {
            AotCache made = MADE.get(mainClass);
            if (made == null) {
                made = trained(mainClass, System.getProperty("java.class.path"));
                MADE.put(mainClass, made);
            }
            return made;
        }
    }

    static AotCache trained(String mainClass, String classPath) throws IOException {
        return make(classPath, options -> {
            options.addAll(List.of(mainClass, "train"));
            run(options);
        });
    }

    /** Make the cache of what a session with {@code mainClass} needs, unless there is one of this class. */
    static void rehearse(String mainClass, List<String> args, Subject.Rehearsal session) throws IOException {
        synchronized (MADE) {
            if (!MADE.containsKey(mainClass)) {
                MADE.put(mainClass, make(System.getProperty("java.class.path"), options -> {
                    options.add(mainClass);
                    options.addAll(args);
                    session.with(ProcessSubject.java(options).endingWithin(PATIENCE));
                }));
            }
        }
    }

    private static AotCache make(String classPath, Recording recording) throws IOException {
        try {
            Path directory = Files.createTempDirectory("kloset-start-");
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> remove(directory)));
            String jars = new ClassPathJars(directory).of(classPath);
            Path cache = directory.resolve("cache");
            Path recorded = directory.resolve("recorded");
            // A plugin may have ended badly, as one does that knows no training: what it has loaded is recorded all the same.
            recording.run(options(jars, "-XX:AOTMode=record", "-XX:AOTConfiguration=" + recorded));
            if (run(options(jars, "-XX:AOTMode=create", "-XX:AOTConfiguration=" + recorded,
                    "-XX:AOTCache=" + cache))) {
                return new AotCache(options(jars, "-XX:AOTCache=" + cache));
            }
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            // It only makes starts quicker.
        }
        return new AotCache(options(classPath));
    }

    /** Runs Java with these options and more, up to its end. */
    @FunctionalInterface
    private interface Recording {
        void run(List<String> options) throws IOException;
    }

    private static List<String> options(String classPath, String... more) {
        List<String> options = new ArrayList<>(ALWAYS);
        options.addAll(List.of("-cp", classPath));
        options.addAll(Arrays.asList(more));
        return options;
    }

    /** Run Java until it ends. {@return whether that was a good one} */
    private static boolean run(List<String> commandLine) throws IOException {
        Process process = ProcessSubject.java(commandLine)
                .builder()
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(PATIENCE) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a start-up cache was made");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void remove(Path directory) {
        try {
            DirectoryTree.remove(directory);
        } catch (IOException e) {
            // The process ends; the system clears its directory for temporary files one day.
        }
    }
}
