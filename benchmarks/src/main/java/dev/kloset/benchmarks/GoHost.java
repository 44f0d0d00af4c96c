package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        return drive("import", contestant, List.of(source.toString(), Integer.toString(readers)), 1).getFirst();
    }

    /** {@return what a restore took} See {@link Restore#of}. */
    Moved exportBy(Contestant contestant, Path tree) throws IOException, InterruptedException {
        Path target = Files.createTempDirectory(tree.getParent(), "restored");
        try {
            return drive("export", contestant, List.of(tree.toString(), target.toString()), 1).getFirst();
        } finally {
            Trees.delete(target);
        }
    }

    /** {@return what each piece of the work on a new store took, in the order of {@link StoreJob}} */
    List<Moved> storeBy(Contestant contestant, Path directory, StoreJob job) throws IOException, InterruptedException {
        return drive("store", contestant, List.of(directory.toString(), Integer.toString(job.packfiles()),
                Integer.toString(job.reads()), Integer.toString(job.states())), StoreJob.PIECES);
    }

    /** {@return from exec to the answer to Init} */
    Start startImporter(Contestant contestant, Path source) throws IOException, InterruptedException {
        return start("importer", contestant, source);
    }

    /** {@return from exec to the answer to Open, which follows Init} */
    Start startStore(Contestant contestant, Path repository) throws IOException, InterruptedException {
        return start("store", contestant, repository);
    }

    private Start start(String connector, Contestant contestant, Path directory)
            throws IOException, InterruptedException {
        Moved moved = drive("start", contestant, List.of(connector, directory.toString()), 1).getFirst();
        return new Start(moved.seconds() * 1e3, moved.processorSeconds() * 1e3, moved.residentMebibytes());
    }

    private List<Moved> drive(String work, Contestant contestant, List<String> arguments, int pieces)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), work, contestant.protocol()));
        command.addAll(arguments);
        command.add(contestant.executable().toString());
        command.addAll(contestant.args());
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        List<Moved> moved = new ArrayList<>();
        try (Scanner took = new Scanner(process.getInputStream(), StandardCharsets.UTF_8)) {
            while (took.hasNextLong()) {
                moved.add(new Moved(took.nextLong(), took.nextLong(), took.nextDouble(), took.nextDouble(),
                        took.nextDouble(), took.nextDouble()));
            }
        }
        if (process.waitFor() != 0 || moved.size() != pieces) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return moved;
    }
}
