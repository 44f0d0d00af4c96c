package ${package};

import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;

/** Restores directories and regular files below one directory. */
record DemoExporter(Path directory, String origin, String type, String root) implements Exporter {

    DemoExporter(ConnectorContext context) throws IOException {
        this(Path.of(context.config().location().path()), context.options().hostname(), "${protocol}", "/");
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        // What write throws becomes the result of that record, and the restore goes on.
        records.forEach(results, this::write);
    }

    private void write(ConnectorRecord record) throws IOException {
        Path target = directory.resolve(record.pathname().substring(1)).normalize();
        if (!target.startsWith(directory.normalize())) {
            throw new IOException(record.pathname() + " is outside of " + directory);
        }
        if (record instanceof FileRecord file && file.info().mode().isDirectory()) {
            Files.createDirectories(target);
        } else if (record instanceof FileRecord file && file.content().isPresent()) {
            Files.createDirectories(target.getParent());
            try (InputStream content = file.content().get().open()) {
                Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setLastModifiedTime(target, FileTime.from(file.info().modTime()));
        } else {
            throw new IOException("cannot restore " + record.pathname() + ": only directories and regular files are");
        }
    }
}
