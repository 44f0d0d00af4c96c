package dev.kloset.benchmarks;

import dev.kloset.Importer;
import dev.kloset.Store;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From exec to the first answer, of everybody in turn, so that what the machine does meanwhile hits all of them. */
final class StartJob {

    private static final int WARM_UP = 3;
    private static final String OURS = "start";
    private static final String UPSTREAMS = "start, driven by grpc-go";

    private final Ground ground;
    private final List<Attempt> attempts = new ArrayList<>();

    /** One way to start something. */
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

    private StartJob(Ground ground) {
        this.ground = ground;
    }

    static List<Result> run(Ground ground, int runs) throws IOException, InterruptedException {
        StartJob job = new StartJob(ground);
        job.enter();
        return job.measure(runs);
    }

    private void enter() throws IOException, InterruptedException {
        HelloProgram hello = HelloProgram.make(ground.image(), ground.files().executable(), ground.directory());
        add(OURS, "Hello World, same JVM", hello::start);
        Path source = Files.createDirectories(ground.directory().resolve("source"));
        Path repository = repository();
        for (Contestant contestant : ground.contestants(ground.goImporter())) {
            String who = contestant.name() + ": Init of the importer";
            add(OURS, who, () -> importer(contestant, source));
            ground.goHost().ifPresent(host -> add(UPSTREAMS, who, () -> host.startImporter(contestant, source)));
        }
        for (Contestant contestant : ground.contestants(ground.goStore())) {
            String who = contestant.name() + ": Init and Open of the store";
            add(OURS, who, () -> store(contestant, repository));
            ground.goHost().ifPresent(host -> add(UPSTREAMS, who, () -> host.startStore(contestant, repository)));
        }
    }

    private void add(String job, String who, Starter starter) {
        attempts.add(new Attempt(job, who, starter, new ArrayList<>()));
    }

    private Path repository() throws IOException, InterruptedException {
        Path repository = Files.createTempDirectory(ground.directory(), "repository").resolve("made");
        try (PluginProcess process = ground.files().start(Map.of());
                Store store = ground.files().store(process, repository)) {
            store.create("configuration".getBytes(StandardCharsets.UTF_8));
        }
        return repository;
    }

    private static Start importer(Contestant contestant, Path source) throws IOException, InterruptedException {
        long before = System.nanoTime();
        try (PluginProcess process = contestant.start(Map.of());
                Importer importer = contestant.importer(process, source)) {
            Start start = Start.of((System.nanoTime() - before) / 1e6, process.pid());
            importer.ping();
            return start;
        }
    }

    private static Start store(Contestant contestant, Path repository) throws IOException, InterruptedException {
        long before = System.nanoTime();
        try (PluginProcess process = contestant.start(Map.of());
                Store store = contestant.store(process, repository)) {
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
