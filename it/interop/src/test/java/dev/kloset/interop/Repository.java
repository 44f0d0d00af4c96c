package dev.kloset.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/** One repository and the commands on it. */
record Repository(Plakar plakar, String location) {

    private static final Pattern ID = Pattern.compile("\\b[0-9a-f]{64}\\b");

    Repository create() throws IOException, InterruptedException {
        ok("create", "-plaintext");
        return this;
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        return plakar.run(arguments(arguments));
    }

    Outcome ok(String... arguments) throws IOException, InterruptedException {
        return run(arguments).orFail();
    }

    RunningCommand start(String... arguments) throws IOException {
        return plakar.start(List.of(arguments(arguments)));
    }

    private String[] arguments(String... arguments) {
        return Stream.concat(Stream.of("at", location), Arrays.stream(arguments)).toArray(String[]::new);
    }

    /** {@return the snapshot of a successful backup} */
    Snapshot backup(String... arguments) throws IOException, InterruptedException {
        List<String> before = snapshotIds();
        List<String> command = new ArrayList<>(List.of("backup"));
        command.addAll(List.of(arguments));
        Outcome outcome = ok(command.toArray(String[]::new));
        List<String> made = new ArrayList<>(snapshotIds());
        made.removeAll(before);
        if (made.size() != 1) {
            throw new AssertionFailedError("made " + made.size() + " snapshots: " + outcome);
        }
        return new Snapshot(this, made.getFirst(), outcome);
    }

    /** {@return the identifiers of all snapshots, the newest first} */
    List<String> snapshotIds() throws IOException, InterruptedException {
        return ID.matcher(ok("ls", "-uuid").out()).results().map(MatchResult::group).toList();
    }
}
