package dev.kloset.packaging;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The file that makes the JVM start with classes that are loaded and linked already.
 *
 * @param image complete but for this file and the manifest
 */
record StartCache(Path image, String launcher) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Train with the launcher itself: the cache is accepted only by a JVM that is started with the same options. */
    void record(List<String> training, PrintStream out) throws PackagingException, IOException, InterruptedException {
        Path cache = image.resolve(Image.CACHE);
        List<String> command = new ArrayList<>(List.of(image.resolve(launcher).toString(), "train"));
        command.addAll(training);
        Program.Outcome outcome = new Program(command)
                .with(Map.of("KLOSET_AOT_OUTPUT", cache.toString()))
                .succeed("train the plugin for its start-up cache", PATIENCE);
        if (!Files.exists(cache)) {
            throw new PackagingException("the JVM has written no start-up cache; it said: " + outcome.said());
        }
        out.println("start-up cache of " + Files.size(cache) / (1024 * 1024) + " MiB");
    }
}
