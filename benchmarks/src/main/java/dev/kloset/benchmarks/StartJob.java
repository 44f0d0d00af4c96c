package dev.kloset.benchmarks;

import dev.kloset.Importer;
import dev.kloset.Store;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From exec to the first answer, of everybody in turn, so that what the machine does meanwhile hits all of them. */
final class StartJob {

    private static final int WARM_UP = 3;

    private final Ground ground;
    private final Map<String, Attempt> attempts = new LinkedHashMap<>();

    /** One way to start something. */
    private interface Attempt {
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
        attempts.put("Hello World, same JVM", hello::start);
        Path source = Files.createDirectories(ground.directory().resolve("source"));
        Path repository = repository();
        attempts.put("files: Init of the importer", () -> importer(ground.files(), source));
        attempts.put("files: Init and Open of the store", () -> store(ground.files(), repository));
        ground.goImporter().ifPresent(go -> attempts.put("Go SDK: Init of the importer", () -> importer(go, source)));
        ground.goStore()
                .ifPresent(go -> attempts.put("Go SDK: Init and Open of the store", () -> store(go, repository)));
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
        Map<String, List<Start>> starts = new LinkedHashMap<>();
        for (int run = -WARM_UP; run < runs; run++) {
            for (Map.Entry<String, Attempt> attempt : attempts.entrySet()) {
                Start start = attempt.getValue().start();
                if (run >= 0) {
                    starts.computeIfAbsent(attempt.getKey(), key -> new ArrayList<>()).add(start);
                }
            }
        }
        List<Result> results = new ArrayList<>();
        starts.forEach((who, all) -> {
            results.add(Result.of("start", who, "ms", all.stream().mapToDouble(Start::millis)));
            results.add(Result.of("start", who, "processor ms", all.stream().mapToDouble(Start::processorMillis)));
            results.add(Result.of("start", who, "resident MiB", all.stream().mapToDouble(Start::residentMebibytes)));
        });
        return results;
    }
}
