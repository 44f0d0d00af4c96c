package dev.kloset.interop;

import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.XattrRecord;
import dev.kloset.files.backup.FilesImporter;
import dev.kloset.sdk.Entrypoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The importer of the files integration; it also notes every content that the host opens in the file {@link #NOTES}. */
public final class ProbePlugin {

    static final String PROTOCOL = "probe";

    /** The environment variable with the path of the notes. */
    static final String NOTES = "KLOSET_INTEROP_NOTES";

    private ProbePlugin() {}

    public static void main(String[] args) {
        Entrypoint.run(args,
                Plugin.builder(PROTOCOL).importer(PROTOCOL, Set.of(LocationFlag.LOCALFS), Probe::new).build());
    }

    private record Probe(Importer files) implements Importer {

        Probe(ConnectorContext context) throws IOException {
            this(new FilesImporter(context));
        }

        @Override
        public String origin() {
            return files.origin();
        }

        @Override
        public String type() {
            return files.type();
        }

        @Override
        public String root() {
            return files.root();
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            files.importRecords((record, onResult) -> records.emit(noting(record), onResult));
        }

        private static ConnectorRecord noting(ConnectorRecord record) {
            if (record instanceof FileRecord file && file.content().isPresent()) {
                return file.withContent(noting(file.pathname(), file.content().get()));
            }
            if (record instanceof XattrRecord x) {
                return new XattrRecord(x.pathname(), x.name(), x.type(),
                        noting(x.pathname() + ":" + x.name(), x.content()));
            }
            return record;
        }

        private static Content noting(String what, Content content) {
            Content noting = () -> {
                // A single write of a short line, because several processes and threads may do this at once.
                Files.writeString(Path.of(System.getenv(NOTES)), what + "\n", StandardOpenOption.APPEND);
                return content.open();
            };
            return content.mayBeReadAhead() ? noting.withReadAhead() : noting;
        }
    }
}
