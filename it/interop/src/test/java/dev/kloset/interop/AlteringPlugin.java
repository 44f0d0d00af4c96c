package dev.kloset.interop;

import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.LocationFlag;
import dev.kloset.Plugin;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.files.backup.FilesImporter;
import dev.kloset.files.restore.FilesExporter;
import dev.kloset.sdk.Entrypoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files integration with an exporter that restores three files wrongly, by their names: {@code bit}, {@code mode} and {@code
 * nanosecond}.
 */
public final class AlteringPlugin {

    static final String PROTOCOL = "altering";

    private AlteringPlugin() {}

    public static void main(String[] args) {
        Set<LocationFlag> local = Set.of(LocationFlag.LOCALFS);
        Entrypoint.run(args, Plugin.builder(PROTOCOL)
                .importer(PROTOCOL, local, FilesImporter::new)
                .exporter(PROTOCOL, local, Altering::new)
                .build());
    }

    private record Altering(FilesExporter real) implements Exporter {

        Altering(ConnectorContext context) throws IOException {
            this(new FilesExporter(context));
        }

        @Override
        public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
            real.exportRecords(new RecordSource() {
                @Override
                public @Nullable ConnectorRecord next() throws IOException, InterruptedException {
                    return altered(records.next());
                }
            }, results);
        }

        private static @Nullable ConnectorRecord altered(@Nullable ConnectorRecord record) {
            if (!(record instanceof FileRecord file)) {
                return record;
            }
            return switch (file.info().name()) {
                case "bit" -> file.withContent(flipped(file.content().orElseThrow()));
                case "mode" -> file.withInfo(file.info().toBuilder().mode(FileMode.regular(0604)).build());
                case "nanosecond" -> file.withInfo(
                        file.info().toBuilder().modTime(file.info().modTime().plusNanos(1)).build());
                default -> file;
            };
        }

        private static Content flipped(Content content) {
            return () -> {
                try (InputStream in = content.open()) {
                    byte[] bytes = in.readAllBytes();
                    bytes[bytes.length / 2] ^= 1;
                    return new ByteArrayInputStream(bytes);
                }
            };
        }

        @Override
        public String origin() {
            return real.origin();
        }

        @Override
        public String type() {
            return real.type();
        }

        @Override
        public String root() {
            return real.root();
        }

        @Override
        public Set<LocationFlag> flags() {
            return real.flags();
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
