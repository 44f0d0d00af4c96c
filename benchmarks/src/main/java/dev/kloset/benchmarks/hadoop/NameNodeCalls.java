package dev.kloset.benchmarks.hadoop;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often the NameNode has been asked for each thing, as it counts itself.
 *
 * @param counts by the name of the call, heartbeats left out
 */
record NameNodeCalls(Map<String, Long> counts) {

    /** What asks for the blocks of a file: nothing that is read can do without. */
    static final String OPEN = "get_block_locations";

    private static final Pattern COUNT = Pattern
            .compile("^rpcdetailed_(\\w+)_num_ops\\{.*} (\\d+)", Pattern.MULTILINE);

    /** What is counted a second time under another name, and what the DataNodes say only because time passes. */
    private static final Pattern COUNTED_ELSEWHERE = Pattern.compile("(deferred|overall)_.*|send_heartbeat");

    NameNodeCalls {
        counts = new TreeMap<>(counts);
    }

    /** {@return what the NameNode has counted until now} What it answers elsewhere is up to ten seconds old. */
    static NameNodeCalls of(int httpPort) throws IOException {
        URI counters = URI.create("http://127.0.0.1:" + httpPort + "/prom");
        try (var in = counters.toURL().openStream()) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static NameNodeCalls parse(String text) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        for (Matcher count = COUNT.matcher(text); count.find();) {
            if (!COUNTED_ELSEWHERE.matcher(count.group(1)).matches()) {
                counts.put(count.group(1), Long.valueOf(count.group(2)));
            }
        }
        if (counts.isEmpty()) {
            throw new IOException("the NameNode does not count its calls");
        }
        return new NameNodeCalls(counts);
    }

    NameNodeCalls since(NameNodeCalls before) {
        Map<String, Long> more = new TreeMap<>();
        counts.forEach((name, count) -> more.put(name, count - before.of(name)));
        return new NameNodeCalls(more);
    }

    long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
