package dev.kloset.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Results on the disk, a file for each job, so that a run that is broken off loses one job only and the jobs can be measured on
 * different days: {@code SIZE/JOB.jsonl}, a line on how it was measured and then a line for each {@link Result}.
 */
record ResultFiles(Path directory) {

    void write(Measured measured) throws IOException {
        Path file = file(measured.run().size(), measured.job());
        Files.createDirectories(file.getParent());
        Path half = file.resolveSibling(file.getFileName() + ".half");
        Files.write(half,
                Stream.concat(Stream.of(measured.run().json()), measured.results().stream().map(Result::json))
                        .toList());
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** {@return the results that there are of these jobs, in their order} */
    List<Measured> read(Size size, List<String> jobs) throws IOException {
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
