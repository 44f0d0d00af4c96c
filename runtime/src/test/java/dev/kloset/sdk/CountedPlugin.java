package dev.kloset.sdk;

import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.support.Retries;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/** A plugin with known counts: three records for the host, one of which can be read. */
public final class CountedPlugin implements Importer, Exporter {

    static final String CONTENT = "seven b";

    public static void main(String[] args) {
        Entrypoint.run(args,
                Plugin.builder("counted")
                        .importer("counted", _ -> new CountedPlugin())
                        .exporter("counted", _ -> new CountedPlugin())
                        .build());
    }

    @Override
    public String origin() {
        return "here";
    }

    @Override
    public String type() {
        return "counted";
    }

    @Override
    public String root() {
        return "/";
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        records.emit(FileRecord.file("/good", CONTENT.length(), Instant.EPOCH, Content.of(CONTENT)));
        records.emit(FileRecord.file("/bad", 1, Instant.EPOCH, CountedPlugin::fail));
        records.emit(new ErrorRecord("/ugly", "it cannot be read"));
        for (int i = 0; i < 3; i++) {
            Retries.report("connection reset");
        }
        for (int i = 0; i < 10; i++) {
            Retries.report("reason " + i + "\nwith a second line");
        }
    }

    private static InputStream fail() throws IOException {
        throw new IOException("it does not open");
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        records.forEach(results, record -> {
            if (record instanceof FileRecord file && file.content().isPresent()) {
                try (InputStream content = file.content().get().open()) {
                    content.readAllBytes();
                }
            }
        });
    }
}
