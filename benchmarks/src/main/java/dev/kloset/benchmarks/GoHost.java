package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/** Upstream's own host side with grpc-go, in a program of a few lines: neither contestant's host has a hand in it. */
final class GoHost {

    private final Path program;

    GoHost(Path program) {
        this.program = program;
    }

    /** {@return what an import took} See {@link Import#of}. */
    Moved importBy(Contestant contestant, Path source, int readers) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), contestant.protocol(), source.toString(),
                Integer.toString(readers), contestant.executable().toString()));
        command.addAll(contestant.args());
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        try (Scanner took = new Scanner(process.getInputStream(), StandardCharsets.UTF_8)) {
            Moved moved = took.hasNextLong()
                    ? new Moved(took.nextLong(), took.nextLong(), took.nextDouble(), took.nextDouble(),
                            took.nextDouble(), took.nextDouble())
                    : null;
            if (process.waitFor() != 0 || moved == null) {
                throw new IOException(String.join(" ", command) + " failed");
            }
            return moved;
        }
    }
}
