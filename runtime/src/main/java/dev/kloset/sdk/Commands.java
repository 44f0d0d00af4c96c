package dev.kloset.sdk;

import dev.kloset.support.Sentence;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a plugin process does besides serving the host on its pipes: {@code about}, {@code doctor}, {@code train}, {@code attach}. */
final class Commands {

    /** For what a connector has left running, when everything is said. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Commands() {}

    static boolean isCommand(String[] args) {
        return args.length > 0 && switch (args[0]) {
            case "about", "doctor", "train", "attach" -> true;
            default -> false;
        };
    }

    /** {@return the exit status} To be called only for a command. */
    static int run(String[] args, Offering offering, PrintStream errors) {
        List<String> rest = Arrays.asList(args).subList(1, args.length);
        try {
            return switch (args[0]) {
                case "about" -> about(rest, offering);
                case "doctor" -> doctor(rest, offering);
                case "train" -> train(rest, offering, errors);
                default -> attach(rest, offering, errors);
            };
        } catch (IllegalArgumentException e) {
            errors.println(Sentence.of(e));
            return USAGE;
        } catch (IOException e) {
            errors.println(Sentence.of(e));
            return FAILED;
        } catch (InterruptedException e) {
            return FAILED;
        }
    }

    private static int about(List<String> rest, Offering offering) throws IOException {
        if (rest.isEmpty()) {
            About.print(About.text(offering));
        } else if (rest.equals(List.of("--json"))) {
            About.print(About.json(offering));
        } else {
            throw new IllegalArgumentException("\"about\" takes no argument but --json");
        }
        return OK;
    }

    private static int doctor(List<String> rest, Offering offering) throws IOException, InterruptedException {
        DoctorCommand command = DoctorCommand.parse(rest);
        PluginMain.prepare();
        ProcessLog.check(System.getenv());
        boolean healthy = command.run(offering);
        ProcessLog.flushIfUsed();
        RedactedErrors.finish();
        PluginMain.haltWithin(LAST_MOMENT);
        return healthy ? OK : FAILED;
    }

    private static int train(List<String> rest, Offering offering, PrintStream errors)
            throws IOException, InterruptedException {
        List<TrainingLocation> locations = new ArrayList<>();
        for (String text : rest) {
            locations.add(TrainingLocation.parse(text, offering));
        }
        boolean debug = Boolean.getBoolean("kloset.train.debug");
        Training.run(offering, locations, line -> {
            if (debug) {
                errors.println(line);
            }
        });
        return OK;
    }

    private static int attach(List<String> rest, Offering offering, PrintStream errors)
            throws IOException, InterruptedException {
        if (rest.size() != 1) {
            throw new IllegalArgumentException("\"attach\" takes one argument, the path of the socket to listen at");
        }
        ProcessLog.check(System.getenv());
        try (AttachServer server = AttachServer.listen(Path.of(rest.getFirst()), offering)) {
            errors.println("waiting for hosts at " + rest.getFirst());
            server.serve();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + rest.getFirst() + "\" is not a path here: " + e.getReason(), e);
        }
        return OK;
    }
}
