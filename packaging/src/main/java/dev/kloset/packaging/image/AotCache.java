package dev.kloset.packaging.image;

import dev.kloset.packaging.tool.ExternalCommand;
import dev.kloset.packaging.tool.PackagingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The file that lets the JVM start with classes that are already loaded and linked.
 *
 * @param image the image, complete except for this file and the manifest
 */
record AotCache(Path image, String launcher) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * Train with the launcher itself: the JVM accepts the cache only if it is started with the same options.
     *
     * @return what failed in the training, a line each
     */
    String record(List<String> training, PrintStream out) throws PackagingException, IOException, InterruptedException {
        Path cache = image.resolve(Image.CACHE);
        List<String> command = new ArrayList<>(List.of(image.resolve(launcher).toString(), "train"));
        command.addAll(training);
        ExternalCommand.Outcome outcome = new ExternalCommand(command)
                .with(Map.of("KLOSET_AOT_OUTPUT", cache.toString()))
                .succeed("train the plugin for its start-up cache", PATIENCE);
        if (!Files.exists(cache)) {
            throw new PackagingException("the JVM wrote no start-up cache; its output: " + outcome.said());
        }
        out.println("start-up cache of " + Files.size(cache) / (1024 * 1024) + " MiB");
        return outcome.err();
    }
}
