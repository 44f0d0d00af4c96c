package dev.kloset.sdk.internal.process;

import dev.kloset.internal.JsonWriter;
import dev.kloset.internal.NearestWord;
import dev.kloset.sdk.internal.attach.AttachServer;
import dev.kloset.sdk.internal.doctor.DoctorCommand;
import dev.kloset.sdk.internal.log.ProcessLog;
import dev.kloset.sdk.internal.log.RedactedErrors;
import dev.kloset.sdk.internal.service.ConnectorRegistry;
import dev.kloset.sdk.internal.training.Training;
import dev.kloset.sdk.internal.training.TrainingLocation;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The commands of a plugin process besides serving the host on its pipes: {@code about}, {@code doctor}, {@code load}, {@code
 * train}, {@code attach} and {@code --version}.
 */
public final class Commands {

    /** How long what a connector has left running may take once the output is complete. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

    private static final String JSON = "--json";

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Commands() {}

    public static boolean isCommand(String[] args) {
        return args.length > 0 && switch (args[0]) {
            case "about", "doctor", "load", "train", "attach", "--version" -> true;
            default -> false;
        };
    }

    /** {@return the exit status} Call it only for a command. */
    public static int run(String[] args, ConnectorRegistry registry, PrintStream errors) {
        List<String> rest = Arrays.asList(args).subList(1, args.length);
        try {
            return switch (args[0]) {
                case "about" -> about(rest, registry);
                case "doctor" -> doctor(rest, registry);
                case "load" -> load(rest, registry);
                case "train" -> train(rest, registry, errors);
                case "--version" -> version(rest, registry);
                default -> attach(rest, registry, errors);
            };
        } catch (IllegalArgumentException e) {
            return failed(e, rest, errors, USAGE);
        } catch (IOException e) {
            return failed(e, rest, errors, FAILED);
        } catch (InterruptedException e) {
            return FAILED;
        }
    }

    /** Report a failure to the person, and to the program that asked for JSON. */
    private static int failed(Exception failure, List<String> rest, PrintStream errors, int status) {
        String sentence = Sentence.of(failure);
        if (rest.contains(JSON)) {
            try {
                About.print(JsonWriter.line(Map.of("failure", sentence)) + "\n");
            } catch (IOException e) {
                // The program has gone; the sentence and the status remain.
            }
        }
        errors.println(sentence);
        return status;
    }

    private static int about(List<String> rest, ConnectorRegistry registry) throws IOException {
        if (rest.isEmpty()) {
            About.print(About.text(registry));
        } else if (rest.equals(List.of(JSON))) {
            About.print(About.json(registry));
        } else {
            throw new IllegalArgumentException("\"about\" takes no argument but --json"
                    + NearestWord.question(rest.getFirst(), List.of(JSON)));
        }
        return OK;
    }

    private static int version(List<String> rest, ConnectorRegistry registry) throws IOException {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("\"--version\" takes no argument");
        }
        About.print(registry.versions().line() + "\n");
        return OK;
    }

    private static int doctor(List<String> rest, ConnectorRegistry registry) throws IOException, InterruptedException {
        if (rest.stream().anyMatch(DoctorCommand.HELP::contains)) {
            About.print(DoctorCommand.help());
            return OK;
        }
        DoctorCommand command = DoctorCommand.parse(rest);
        PluginMain.prepare();
        ProcessLog.begin(System.getenv(), registry.versions());
        boolean healthy = command.run(registry);
        ProcessLog.flushIfUsed();
        RedactedErrors.finish();
        PluginMain.haltWithin(LAST_MOMENT);
        return healthy ? OK : FAILED;
    }

    /** For the tools that make a package: it says with what Java the plugin's classes cannot work. */
    private static int load(List<String> rest, ConnectorRegistry registry) throws IOException {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("\"load\" takes no argument");
        }
        StringBuilder lines = new StringBuilder();
        Loading.failures(registry).forEach(line -> lines.append(line).append('\n'));
        About.print(lines.toString());
        return lines.isEmpty() ? OK : FAILED;
    }

    private static int train(List<String> rest, ConnectorRegistry registry, PrintStream errors)
            throws IOException, InterruptedException {
        List<TrainingLocation> locations = new ArrayList<>();
        for (String text : rest) {
            locations.add(TrainingLocation.parse(text, registry));
        }
        // Who makes an image reads what failed: a module may be missing.
        boolean debug = Boolean.getBoolean("kloset.train.debug") || System.getenv("KLOSET_AOT_OUTPUT") != null;
        Training.run(registry, locations, PluginMain::rehearse, line -> {
            if (debug) {
                errors.println(line);
            }
        });
        return OK;
    }

    private static int attach(List<String> rest, ConnectorRegistry registry, PrintStream errors)
            throws IOException, InterruptedException {
        if (rest.size() != 1) {
            throw new IllegalArgumentException("\"attach\" takes one argument, the path of the socket to listen at");
        }
        ProcessLog.begin(System.getenv(), registry.versions());
        try (AttachServer server = AttachServer.listen(Path.of(rest.getFirst()), registry)) {
            errors.println("waiting for hosts at " + rest.getFirst());
            server.serve();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + rest.getFirst() + "\" is not a path here: " + e.getReason(), e);
        }
        return OK;
    }
}
