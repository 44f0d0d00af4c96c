package dev.kloset.sdk.internal.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Plugin;
import dev.kloset.sdk.ChildJava;
import dev.kloset.sdk.ChildJava.Outcome;
import dev.kloset.sdk.Entrypoint;
import dev.kloset.sdk.SamplePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {

    private static final String DEBUG = "-Dkloset.train.debug=true";

    @TempDir
    Path temporary;

    private Outcome train(String... locations) throws IOException, InterruptedException {
        String[] arguments = Stream.concat(Stream.of("train"), Stream.of(locations)).toArray(String[]::new);
        return ChildJava.run(SamplePlugin.class, List.of(DEBUG, "-Djava.io.tmpdir=" + temporary), arguments);
    }

    @Test
    void withoutALocationNoConnectorIsMade() throws Exception {
        assertThat(train()).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void anImporterIsReadForAWhile() throws Exception {
        Outcome outcome = train("importer=demo://{dir}/source");
        assertThat(outcome.errors().lines()).startsWith("importer made", "importer reads a directory with files",
                "importer opens file-0", "importer opens file-1").contains("importer is closed");
        assertThat(outcome.errors()).doesNotContain("came to its end", "storage", "failed");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void anExporterGetsAFile() throws Exception {
        Outcome outcome = train("exporter=demo:///x");
        assertThat(outcome).isEqualTo(new Outcome(0, "", """
                exporter made
                exporter writes 13 bytes
                exporter is closed
                """));
    }

    @Test
    void failuresAreReportedAndTheRestIsTried() throws Exception {
        Outcome outcome = train("importer=demo:///broken", "storage=mem:///x");
        assertThat(outcome.errors().lines()).containsExactly("storage made", "storage is created",
                "storage is opened", "training with Open failed: it does not want to",
                "storage keeps LOCK", "storage lists LOCK", "storage finds LOCK", "storage finds LOCK",
                "storage deletes LOCK", "storage keeps PACKFILE", "storage lists PACKFILE", "storage finds PACKFILE",
                "storage finds PACKFILE", "storage deletes PACKFILE", "storage is closed", "importer made",
                "training with importer demo:///broken failed: it is broken");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void withoutDebugFailuresAreNotReported() throws Exception {
        Outcome outcome = ChildJava.run(SamplePlugin.class, List.of(), "train", "importer=demo:///broken");
        assertThat(outcome).isEqualTo(new Outcome(0, "", "importer made\n"));
    }

    @Test
    void aLocationForAnUnknownConnectorIsRefused() throws Exception {
        assertThat(train("importer=s3://bucket")).isEqualTo(new Outcome(2, "", """
                cannot train with s3://bucket: the plugin has no importer for s3://
                """));
        assertThat(train("demo:///x").errors()).isEqualTo("""
                cannot train with "demo:///x": it must be importer=, exporter= or storage= and then a location such as \
                files:///tmp/x
                """);
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        train("importer=demo://{dir}/source");
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    /** A plugin for a remote system, which rehearses with the client alone. */
    static final class Rehearsing {

        private Rehearsing() {}

        public static void main(String[] args) {
            Entrypoint.run(args, Plugin.builder("rehearsing").importer("demo", context -> {
                throw new IOException("no connector is made");
            })
                    .rehearsal(() -> say("the client was made"))
                    .rehearsal(() -> {
                        throw new IOException("the client has no class");
                    })
                    .rehearsal(() -> say("the next one was tried"))
                    .build());
        }

        @SuppressWarnings("SystemOut") // what the test looks for
        private static void say(String what) {
            System.err.println(what);
        }
    }

    @Test
    void theAuthorsRehearsalsRunInTurnAndOnlyInTheTraining() throws Exception {
        assertThat(ChildJava.run(Rehearsing.class, List.of(DEBUG), "train").errors()).isEqualTo("""
                the client was made
                training with the plugin's rehearsal failed: the client has no class
                the next one was tried
                """);
        assertThat(ChildJava.run(Rehearsing.class, List.of(DEBUG), "about").errors()).isEmpty();
        assertThat(ChildJava.run(Rehearsing.class, List.of(DEBUG), "importer").errors()).isEmpty();
    }
}
