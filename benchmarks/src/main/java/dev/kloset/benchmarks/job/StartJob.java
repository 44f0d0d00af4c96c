package dev.kloset.benchmarks.job;

import dev.kloset.Importer;
import dev.kloset.Store;
import dev.kloset.benchmarks.measure.Candidate;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures the time from exec to the first answer, of every candidate in turn, so that other load on the machine affects all of
 * them.
 */
public final class StartJob {

    private static final int WARM_UP = 3;
    private static final String OURS = "start";
    private static final String UPSTREAMS = "start, driven by grpc-go";

    private final Environment environment;
    private final List<Attempt> attempts = new ArrayList<>();

    /** One way to start a process. */
    private record Attempt(String job, String who, Starter starter, List<Start> starts) {

        List<Result> results() {
            return List.of(Result.of(job, who, "ms", starts.stream().mapToDouble(Start::millis)),
                    Result.of(job, who, "processor ms", starts.stream().mapToDouble(Start::processorMillis)),
                    Result.of(job, who, "resident MiB", starts.stream().mapToDouble(Start::residentMebibytes)));
        }
    }

    private interface Starter {
        Start start() throws IOException, InterruptedException;
    }

    private StartJob(Environment environment) {
        this.environment = environment;
    }

    public static List<Result> run(Environment environment, int runs) throws IOException, InterruptedException {
        StartJob job = new StartJob(environment);
        job.enter();
        return job.measure(runs);
    }

    private void enter() throws IOException, InterruptedException {
        HelloProgram hello = HelloProgram.make(environment.image(), environment.files().executable(),
                environment.directory());
        add(OURS, "Hello World, same JVM", hello::start);
        Path source = Files.createDirectories(environment.directory().resolve("source"));
        Path repository = repository();
        for (Candidate candidate : environment.candidates(environment.goImporter())) {
            String who = candidate.name() + ": Init of the importer";
            add(OURS, who, () -> importer(candidate, source));
            environment.goHost().ifPresent(host -> add(UPSTREAMS, who, () -> host.startImporter(candidate, source)));
        }
        for (Candidate candidate : environment.candidates(environment.goStore())) {
            String who = candidate.name() + ": Init and Open of the store";
            add(OURS, who, () -> store(candidate, repository));
            environment.goHost().ifPresent(host -> add(UPSTREAMS, who, () -> host.startStore(candidate, repository)));
        }
    }

    private void add(String job, String who, Starter starter) {
        attempts.add(new Attempt(job, who, starter, new ArrayList<>()));
    }

    private Path repository() throws IOException, InterruptedException {
        Path repository = Files.createTempDirectory(environment.directory(), "repository").resolve("made");
        try (PluginProcess process = environment.files().start(Map.of());
                Store store = environment.files().store(process, repository)) {
            store.create("configuration".getBytes(StandardCharsets.UTF_8));
        }
        return repository;
    }

    private static Start importer(Candidate candidate, Path source) throws IOException, InterruptedException {
        long before = System.nanoTime();
        try (PluginProcess process = candidate.start(Map.of());
                Importer importer = candidate.importer(process, source)) {
            Start start = Start.of((System.nanoTime() - before) / 1e6, process.pid());
            importer.ping();
            return start;
        }
    }

    private static Start store(Candidate candidate, Path repository) throws IOException, InterruptedException {
        long before = System.nanoTime();
        try (PluginProcess process = candidate.start(Map.of());
                Store store = candidate.store(process, repository)) {
            store.open();
            return Start.of((System.nanoTime() - before) / 1e6, process.pid());
        }
    }

    private List<Result> measure(int runs) throws IOException, InterruptedException {
        for (int run = -WARM_UP; run < runs; run++) {
            for (Attempt attempt : attempts) {
                Start start = attempt.starter().start();
                if (run >= 0) {
                    attempt.starts().add(start);
                }
            }
        }
        return attempts.stream().flatMap(attempt -> attempt.results().stream()).toList();
    }
}
