package dev.kloset.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Results on the disk, one file per job. So a run that is broken off loses only one job, and you can measure the jobs on
 * different days. A file is {@code SIZE/JOB.jsonl}, with a first line on how the job was measured and then one line per {@link
 * Result}.
 */
public record ResultFiles(Path directory) {

    public void write(Measured measured) throws IOException {
        Path file = file(measured.run().size(), measured.job());
        Files.createDirectories(file.getParent());
        Path half = file.resolveSibling(file.getFileName() + ".half");
        Files.write(half,
                Stream.concat(Stream.of(measured.run().json()), measured.results().stream().map(Result::json))
                        .toList());
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** {@return the available results of these jobs, in their order} */
    public List<Measured> read(Size size, List<String> jobs) throws IOException {
        List<Measured> all = new ArrayList<>();
        for (String job : jobs) {
            Path file = file(size, job);
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file);
                all.add(new Measured(job, Run.of(lines.getFirst()),
                        lines.stream().skip(1).map(Result::of).toList()));
            }
        }
        return all;
    }

    private Path file(Size size, String job) {
        return directory.resolve(size.word()).resolve(job + ".jsonl");
    }
}
