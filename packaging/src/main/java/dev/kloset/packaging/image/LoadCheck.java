package dev.kloset.packaging.image;

import dev.kloset.packaging.modules.MissingModules;
import dev.kloset.packaging.tool.ExternalCommand;
import dev.kloset.packaging.tool.PackagingException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads the plugin's classes in the image, with its own Java: a module that is missing there would otherwise show in the first backup
 * of a user.
 *
 * @param image the image, complete except for the manifest
 */
record LoadCheck(Path image, String launcher, MissingModules missing) {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * Load them.
     *
     * @param trained what failed in the training run, a line each
     * @param err receives a warning for each class that is no connector
     * @throws PackagingException if a connector, or the plugin as a whole, needs a module that is missing
     */
    void run(String trained, PrintStream err) throws PackagingException, IOException, InterruptedException {
        ExternalCommand.Outcome outcome = new ExternalCommand(List.of(image.resolve(launcher).toString(), "load"))
                .with(Map.of("KLOSET_NO_START_CACHE", "1"))
                .run(PATIENCE);
        if (outcome.exit() != 0 && outcome.out().isBlank()) {
            String said = outcome.said();
            throw new PackagingException("the plugin does not start in its image: "
                    + missing.remedy(said).map(remedy -> remedy + "; ").orElse("") + "it said: " + said);
        }
        for (String line : outcome.out().lines().toList()) {
            Optional<String> remedy = missing.remedy(line.substring(line.indexOf("\"reason\"") + 1));
            if (remedy.isPresent()) {
                report(line, remedy.get(), err);
            }
        }
        for (String line : trained.lines().toList()) {
            Optional<String> remedy = missing.remedy(line);
            if (remedy.isPresent()) {
                throw new PackagingException("in the package's Java, " + line + "; " + remedy.get());
            }
        }
    }

    private static void report(String line, String remedy, PrintStream err) throws PackagingException {
        String type = line.replaceFirst("\\{\"class\":\"([^\"]*)\".*", "$1");
        String sentence = type + " cannot be loaded in the image: " + remedy;
        if (line.contains("\"connector\":true")) {
            throw new PackagingException(sentence);
        }
        err.println(sentence);
    }
}
