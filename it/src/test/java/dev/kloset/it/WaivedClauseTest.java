package dev.kloset.it;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.kloset.ConnectorContext;
import dev.kloset.Exporter;
import dev.kloset.Plugin;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.files.restore.FilesExporter;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.junit.ExporterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;

/** The waiver in the guide: an exporter to a place without permissions keeps its contract, but for one clause. */
class WaivedClauseTest extends ExporterContract {

    @Override
    protected Plugin plugin() {
        return Plugin.builder("stick").exporter("stick", StickExporter::new).build();
    }

    @Override
    protected Map<String, String> config(Path directory) {
        return Map.of("location", "stick://{temp}");
    }

    // tag::waiver[]
    @Override
    protected Map<Clause, String> waivers() {
        return Map.of(Clause.E12, "the stick keeps no permissions");
    }
    // end::waiver[]

    private record StickExporter(FilesExporter real, Path directory) implements Exporter {

        StickExporter(ConnectorContext context) throws IOException {
            this(new FilesExporter(context), Path.of(context.config().location().path()));
        }

        @Override
        public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
            real.exportRecords(records, results);
            try (Stream<Path> restored = Files.walk(directory)) {
                for (Path file : restored.filter(path -> Files.isRegularFile(path, NOFOLLOW_LINKS)).toList()) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }

        @Override
        public String origin() {
            return real.origin();
        }

        @Override
        public String type() {
            return "stick";
        }

        @Override
        public String root() {
            return real.root();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
