package dev.kloset.interop;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that repeats an action in a directory, faster than a shell could, until it is closed. */
final class Perl implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Ends with the tests, even if those are killed, and finally prints the number of repetitions. */
    private static final String FRAME = """
            use strict; use warnings;
            my ($parent, $over, $rounds) = (getppid(), 0, 0);
            $SIG{TERM} = sub { $over = 1 };
            PROGRAM
            $| = 1;
            print "begun\\n";
            while (!$over && getppid() == $parent) { act(); $rounds++; }
            print "$rounds\\n";
            """;

    private final RunningCommand command;

    private Perl(RunningCommand command) {
        this.command = command;
    }

    /**
     * {@return the running program}
     *
     * @param program defines the subroutine {@code act}
     */
    static Perl start(Path directory, String program, String... arguments) throws IOException {
        return start(List.of(), directory, program, arguments);
    }

    static Perl startAsNobody(Path directory, String program, String... arguments) throws IOException {
        return start(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), directory, program,
                arguments);
    }

    private static Perl start(List<String> prefix, Path directory, String program, String... arguments)
            throws IOException {
        Path script = Files.createTempFile("interop", ".pl");
        Files.writeString(script, FRAME.replace("PROGRAM", program));
        Files.setAttribute(script, "unix:mode", 0644);
        script.toFile().deleteOnExit();
        List<String> line = new ArrayList<>(prefix);
        line.addAll(List.of("perl", script.toString()));
        line.addAll(List.of(arguments));
        Perl perl = new Perl(RunningCommand.start(line, Map.of("PATH", System.getenv("PATH")), directory));
        Await.until(PATIENCE, () -> !perl.command.out().isEmpty() || !perl.command.isAlive(),
                () -> "the program begins");
        return perl;
    }

    /** {@return the number of repetitions} */
    long end() throws IOException, InterruptedException {
        command.signal("TERM");
        List<String> lines = command.end(PATIENCE).orFail().lines();
        return Long.parseLong(lines.getLast());
    }

    @Override
    public void close() throws IOException {
        try {
            if (command.isAlive()) {
                end();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a program ends");
        }
    }
}
