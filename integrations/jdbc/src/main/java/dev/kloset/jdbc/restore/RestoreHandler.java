package dev.kloset.jdbc.restore;

import dev.kloset.ConnectorRecord;
import dev.kloset.FileRecord;
import dev.kloset.RecordHandler;
import dev.kloset.export.ExportFailures;
import dev.kloset.jdbc.layout.Layout;
import dev.kloset.jdbc.layout.LayoutFile;
import dev.kloset.jdbc.layout.LayoutFile.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Hands each file of a snapshot to what it is for. */
record RestoreHandler(Restore restore, ExportFailures failures, Constraints constraints) implements RecordHandler {

    private static final String ROWS = ".tsv";
    private static final String ZIPPED_ROWS = Layout.zipped(ROWS);
    private static final int BUFFER = 1 << 13;

    static LayoutFile file(ConnectorRecord record) {
        if (record instanceof FileRecord file && file.info().mode().isDirectory()) {
            return new LayoutFile(Kind.DIRECTORY, "");
        }
        return record instanceof FileRecord file && file.content().isPresent()
                ? LayoutFile.of(record.pathname())
                : new LayoutFile(Kind.OTHER, "");
    }

    static int phase(ConnectorRecord record) {
        return file(record).kind().phase();
    }

    @Override
    public void handle(ConnectorRecord record) throws IOException, InterruptedException {
        LayoutFile file = file(record);
        if (file.kind() == Kind.OTHER) {
            IOException unknown = new IOException(
                    "this is not a file of a backup of a database, so it cannot be restored into one");
            if (record.pathname().endsWith(ROWS) || record.pathname().endsWith(ZIPPED_ROWS)) {
                failures.add(unknown); // of a table whose description did not come
            } else {
                restore.unknown(unknown);
            }
            throw unknown;
        }
        if (file.kind() != Kind.DIRECTORY && record instanceof FileRecord content && content.content().isPresent()) {
            failures.check();
            try (InputStream in = content.content().get().open()) {
                handle(file, in);
            } catch (IOException | RuntimeException e) {
                failures.add(e);
                throw e;
            }
        }
    }

    private void handle(LayoutFile file, InputStream in) throws IOException, InterruptedException {
        switch (file.kind()) {
            case POINT -> restore.point(in.readAllBytes());
            case BEFORE -> restore.script(Restore.BEFORE, in.readAllBytes());
            case TABLE -> restore.table(file.table(), in.readAllBytes());
            case TABLE_SCRIPT -> restore.tableScript(file.table(), in.readAllBytes());
            case PART -> restore.rows(file.table(), in);
            case ZIPPED_PART -> restore.rows(file.table(), new GZIPInputStream(in, BUFFER));
            case TABLE_AFTER -> after(() -> restore.tableScript(file.table(), in.readAllBytes()));
            case AFTER -> after(() -> restore.script(Restore.AFTER, in.readAllBytes()));
            case CHECK -> restore.check(file.table(), in.readAllBytes());
            case DIRECTORY, OTHER -> throw new IllegalStateException("nothing to do for " + file);
        }
    }

    /** A step that may be left out. */
    private interface Step {

        void run() throws IOException, InterruptedException;
    }

    private void after(Step step) throws IOException, InterruptedException {
        if (constraints == Constraints.AFTER) {
            step.run();
        }
    }
}
