package dev.kloset.benchmarks.job;

import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.Transfer;
import dev.kloset.benchmarks.measure.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/** Upstream's own host side with grpc-go, in a program of a few lines, so that neither candidate's host influences the result. */
public final class GoHost {

    private final Path program;

    GoHost(Path program) {
        this.program = program;
    }

    /** {@return the cost of an import} See {@link Import#of}. */
    public Transfer importBy(Candidate candidate, Path source, int readers) throws IOException, InterruptedException {
        return drive("import", candidate, List.of(source.toString(), Integer.toString(readers)), 1).getFirst();
    }

    /** {@return the cost of a restore} See {@link Restore#of}. */
    Transfer exportBy(Candidate candidate, Path tree) throws IOException, InterruptedException {
        Path target = Files.createTempDirectory(tree.getParent(), "restored");
        try {
            return drive("export", candidate, List.of(tree.toString(), target.toString()), 1).getFirst();
        } finally {
            Trees.delete(target);
        }
    }

    /** {@return the cost of each piece of the work on a new store, in the order of {@link StoreJob}} */
    List<Transfer> storeBy(Candidate candidate, Path directory, StoreJob job) throws IOException, InterruptedException {
        return drive("store", candidate, List.of(directory.toString(), Integer.toString(job.packfiles()),
                Integer.toString(job.reads()), Integer.toString(job.states())), StoreJob.PIECES);
    }

    /** {@return a start, from exec to the answer to Init} */
    Start startImporter(Candidate candidate, Path source) throws IOException, InterruptedException {
        return start("importer", candidate, source);
    }

    /** {@return a start, from exec to the answer to Open, which follows Init} */
    Start startStore(Candidate candidate, Path repository) throws IOException, InterruptedException {
        return start("store", candidate, repository);
    }

    private Start start(String connector, Candidate candidate, Path directory)
            throws IOException, InterruptedException {
        Transfer transfer = drive("start", candidate, List.of(connector, directory.toString()), 1).getFirst();
        return new Start(transfer.seconds() * 1e3, transfer.processorSeconds() * 1e3, transfer.residentMebibytes());
    }

    private List<Transfer> drive(String work, Candidate candidate, List<String> arguments, int pieces)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), work, candidate.protocol()));
        command.addAll(arguments);
        command.add(candidate.executable().toString());
        command.addAll(candidate.args());
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        List<Transfer> transfer = new ArrayList<>();
        try (Scanner took = new Scanner(process.getInputStream(), StandardCharsets.UTF_8)) {
            while (took.hasNextLong()) {
                transfer.add(Transfer.of(took));
            }
        }
        if (process.waitFor() != 0 || transfer.size() != pieces) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return transfer;
    }
}
