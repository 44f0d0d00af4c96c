package dev.kloset.benchmarks.job;

import dev.kloset.Importer;
import dev.kloset.benchmarks.measure.Result;
import dev.kloset.host.PluginProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows where the milliseconds of a start go. The JVM logs when it initialises which class, on the clock of {@link
 * System#nanoTime}. The logging itself costs some milliseconds, so the sum is a little more than an ordinary start.
 */
public final class StartupBreakdown {

    /** The class whose initialisation begins each part. */
    private static final Map<String, String> PARTS = parts();

    private StartupBreakdown() {}

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("launcher script, JVM up to its first class", "java/lang/System");
        parts.put("JVM: its own classes, those of the cache", "dev/kloset/files/FilesPlugin");
        parts.put("SDK until it listens", "dev/kloset/wire/grpc/GrpcServer");
        parts.put("SDK: connection, first call, until the connector is made", "dev/kloset/files/backup/FilesImporter");
        return parts;
    }

    public static List<Result> run(Environment environment, int runs) throws IOException, InterruptedException {
        Map<String, List<Double>> parts = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            once(environment, parts);
        }
        return parts.entrySet()
                .stream()
                .map(part -> Result.of("start, taken apart", part.getKey(), "ms",
                        part.getValue().stream().mapToDouble(Double::doubleValue)))
                .toList();
    }

    private static void once(Environment environment, Map<String, List<Double>> parts)
            throws IOException, InterruptedException {
        Path log = environment.directory().resolve("classes.log");
        Files.deleteIfExists(log);
        long before = System.nanoTime();
        long answered;
        try (PluginProcess process = environment.files()
                .start(Map.of("KLOSET_JAVA_OPTS", "-Xlog:class+init=info:file=" + log + ":timenanos"))) {
            try (Importer importer = environment.files().importer(process, environment.directory())) {
                importer.type();
                answered = System.nanoTime();
            }
        }
        List<String> lines = Files.readAllLines(log);
        long last = before;
        for (Map.Entry<String, String> part : PARTS.entrySet()) {
            long reached = moment(lines, part.getValue());
            add(parts, part.getKey(), reached - last);
            last = reached;
        }
        add(parts, "the connector's constructor, the answer", answered - last);
    }

    private static void add(Map<String, List<Double>> parts, String name, long nanos) {
        parts.computeIfAbsent(name, key -> new ArrayList<>()).add(nanos / 1e6);
    }

    private static long moment(List<String> lines, String className) throws IOException {
        for (String line : lines) {
            if (line.contains(" Initializing '" + className + "'")) {
                return Long.parseLong(line.substring(1, line.indexOf("ns]")));
            }
        }
        throw new IOException(
                "the plugin never initialised " + className + ": the parts of a start must be named anew");
    }
}
