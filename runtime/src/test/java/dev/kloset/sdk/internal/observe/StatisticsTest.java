package dev.kloset.sdk.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.sdk.ChildJava;
import dev.kloset.sdk.CountedHost;
import dev.kloset.sdk.CountedPlugin;
import dev.kloset.wire.grpc.GrpcClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins as processes that report what they have done. */
class StatisticsTest {

    private static final String TIMES = ", \\d+\\.\\d{3} s together, the longest \\d+\\.\\d{3} s\n";

    private static final String SUMMARY = "stats: counted importer, process \\d+, \\d+\\.\\d{3} s\n" //
            + "stats:   counted \\(SDK unknown, Java [^)]+\\)\n" //
            + "stats:   Import: 1 call" + TIMES //
            + "stats:   Init: 1 call" + TIMES //
            + "stats:   Open: 2 calls \\(1 failed\\)" + TIMES //
            + "stats:   3 records \\(1 for an error\\), 3 results \\(1 failed\\)\n" //
            + "stats:   2 contents to the host \\(1 failed\\), 7 bytes" + TIMES //
            + "(stats:   waited for .*" + TIMES + ")*" //
            + "stats:   tried again 3 times: connection reset\n" //
            + "stats:   tried again 6 times: other reasons\n" //
            + "stats:   tried again once: reason 0 with a second line\n" //
            + "stats:   tried again once: reason 1 with a second line\n" //
            + "stats:   tried again once: reason 2 with a second line\n" //
            + "stats:   tried again once: reason 3 with a second line\n";

    private static ChildJava start(Map<String, String> environment, String... arguments) throws IOException {
        return ChildJava.start(CountedPlugin.class, environment, List.of(), arguments);
    }

    /** {@return the output of a plugin that served a whole import and whose host then left without a word} */
    private static String left(Map<String, String> environment, String... arguments) throws Exception {
        try (ChildJava plugin = start(environment, arguments)) {
            try (GrpcClient host = plugin.client()) {
                CountedHost.imports(host);
            }
            return plugin.errors();
        }
    }

    @Test
    void aHostThatJustGoesAwayIsFollowedByTheSummary() throws Exception {
        assertThat(left(Map.of("KLOSET_STATS", "1"))).matches(SUMMARY);
    }

    @Test
    void theArgumentAsksForItBesideTheKind() throws Exception {
        assertThat(left(Map.of(), "importer", "--stats")).matches(SUMMARY);
        assertThat(left(Map.of("KLOSET_STATS", "off"), "--stats")).matches(SUMMARY);
    }

    @Test
    void withoutARequestThereIsNoSummary() throws Exception {
        assertThat(left(Map.of())).isEmpty();
        assertThat(left(Map.of("KLOSET_STATS", "off"), "importer")).isEmpty();
    }

    @Test
    void jsonIsOneLine() throws Exception {
        String line = left(Map.of(), "--stats=json");
        assertThat(line).startsWith("{\"kloset-stats\":1,\"connector\":\"counted importer\",\"pid\":").endsWith("}}\n");
        assertThat(line.lines()).hasSize(1);
        assertThat(line).contains(",\"plugin\":\"counted\",\"version\":null,\"sdk\":\"unknown\",\"java\":\""
                + Runtime.version() + "\",\"seconds\":");
        assertThat(line).contains(",\"records\":3,\"error-records\":1,\"results\":3,\"failed-results\":1,",
                "\"/importer.Importer/Open\":{\"count\":2,\"failed\":1,\"seconds\":0.",
                "\"to-host\":{\"count\":2,\"failed\":1,\"seconds\":0.", ",\"bytes\":7}",
                "\"retries\":{\"connection reset\":3,");
        assertThat(left(Map.of("KLOSET_STATS", "json")).replaceAll("[0-9.]+", "0"))
                .isEqualTo(line.replaceAll("[0-9.]+", "0"));
    }

    /** Plakar kills a plugin as soon as it has answered Close. */
    @Test
    void theSummaryIsWrittenBeforeCloseIsAnswered() throws Exception {
        try (ChildJava plugin = start(Map.of("KLOSET_STATS", "1")); GrpcClient host = plugin.client()) {
            CountedHost.imports(host);
            CountedHost.close(host);
            plugin.kill();
            assertThat(plugin.errors()).matches(SUMMARY);
        }
    }

    @Test
    void theSummaryIsWrittenOnceIfNothingHappensAfterClose() throws Exception {
        try (ChildJava plugin = start(Map.of("KLOSET_STATS", "1"))) {
            try (GrpcClient host = plugin.client()) {
                CountedHost.imports(host);
                CountedHost.close(host);
            }
            assertThat(plugin.errors()).matches(SUMMARY);
        }
    }

    @Test
    void aRestoreIsCountedAsTheHostSendsIt() throws Exception {
        try (ChildJava plugin = start(Map.of("KLOSET_STATS", "1"))) {
            try (GrpcClient host = plugin.client()) {
                CountedHost.exports(host, 4, 1000);
            }
            assertThat(plugin.errors()).contains("stats: counted exporter, process ", "stats:   Export: 1 call, ",
                    "stats:   4 records, 4 results\n", "stats:   4 contents from the host, 4000 bytes, ");
        }
    }

    /** A program that starts plugins may forget to read their standard error. */
    @Test
    void anUnreadStandardErrorHoldsNothingUp(@TempDir Path directory) throws Exception {
        Path full = directory.resolve("full");
        assertThat(new ProcessBuilder("mkfifo", full.toString()).start().waitFor()).isZero();
        try (FileChannel pipe = FileChannel.open(full, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            pipe.write(ByteBuffer.allocate(64 * 1024));
            try (ChildJava plugin = ChildJava.start(CountedPlugin.class, Map.of("KLOSET_STATS", "1"), full)) {
                try (GrpcClient host = plugin.client()) {
                    CountedHost.imports(host);
                    CountedHost.close(host);
                }
                assertThat(plugin.status()).as("it ended by itself, in time").isZero();
            }
        }
    }

    @Test
    void anUnknownArgumentIsStillRefused() throws Exception {
        ChildJava.Outcome outcome = ChildJava.run(CountedPlugin.class, List.of(), "--stats", "--stast");
        assertThat(outcome.errors())
                .startsWith("This plugin does not understand its argument; did you mean \"--stats\"?\n")
                .contains("--stats[=json]");
        assertThat(outcome.status()).isEqualTo(2);
    }
}
