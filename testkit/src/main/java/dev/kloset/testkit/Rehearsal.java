package dev.kloset.testkit;

import static dev.kloset.testkit.connection.StoreMessages.STATE;

import dev.kloset.testkit.connection.Call;
import dev.kloset.testkit.connection.CheckContext;
import dev.kloset.testkit.connection.CleanUp;
import dev.kloset.testkit.connection.ContentRead;
import dev.kloset.testkit.connection.ExportMessages;
import dev.kloset.testkit.connection.ExportRun;
import dev.kloset.testkit.connection.ImportRun;
import dev.kloset.testkit.connection.PluginConnection;
import dev.kloset.testkit.connection.ReceivedRecord;
import dev.kloset.testkit.connection.Repositories;
import dev.kloset.testkit.connection.RunContext;
import dev.kloset.testkit.connection.StoreCalls;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.subject.Subject;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A session such as a host has, made before the checks and judged by none of them: what fails here fails in a check too, which
 * says so.
 */
final class Rehearsal {

    private static final int RECORDS = 100; // a source may have no end
    private static final int CONTENTS = 5;
    private static final int CHUNKS = 20; // nor may a content
    private static final byte[] BYTES = "some bytes\n".getBytes(StandardCharsets.UTF_8);

    private Rehearsal() {}

    /** Have the session. It ends: every call in it has a limit, and only so many records and chunks are read. */
    static void with(Subject subject, CheckSettings settings) throws InterruptedIOException {
        RunContext runContext = new RunContext(subject, settings);
        try {
            try (CheckContext context = new CheckContext(runContext)) {
                switch (settings.kind()) {
                    case IMPORTER -> read(context.open());
                    case EXPORTER -> write(context.open(), settings.hasFreshPlaces());
                    case STORAGE -> keep(context, settings.hasFreshPlaces());
                }
            } finally {
                new CleanUp(runContext).run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before the first check");
        } catch (Exception e) {
            // The checks meet it again.
        }
    }

    private static void read(PluginConnection connection) throws Exception {
        List<ReceivedRecord> contents = new ArrayList<>();
        try (ImportRun run = new ImportRun(connection)) {
            ReceivedRecord record = run.next();
            for (int n = 0; record != null && n < RECORDS; n++) {
                run.acknowledge(record);
                if (record.hasContent() && contents.size() < CONTENTS) {
                    contents.add(record);
                }
                record = run.next();
            }
            if (record == null) {
                run.end();
            }
        }
        for (ReceivedRecord record : contents) {
            readSome(connection, record);
        }
        connection.unary("Close");
    }

    private static void readSome(PluginConnection connection, ReceivedRecord record) throws Exception {
        try (Call call = ContentRead.open(connection, record)) {
            int chunks = 1;
            while (call.receive() != null && chunks < CHUNKS) {
                chunks++;
            }
        }
    }

    /** Only the root goes to a place that the checks share, where a file could be in their way. */
    private static void write(PluginConnection connection, boolean isFresh) throws Exception {
        try (ExportRun run = new ExportRun(connection).root()) {
            if (isFresh) {
                run.send(ExportMessages.directory("/dir", "dir")).file("/dir/file", BYTES);
            }
            run.end();
        }
        connection.unary("Close");
    }

    private static void keep(CheckContext context, boolean isFresh) throws Exception {
        if (!isFresh) {
            context.open().unary("Ping");
            return;
        }
        PluginConnection connection = Repositories.ready(context);
        byte[] mac = new byte[32];
        StoreCalls.put(connection, STATE, mac, BYTES);
        StoreCalls.get(connection, STATE, mac);
        StoreCalls.range(connection, STATE, mac, 1, 2);
        StoreCalls.list(connection, STATE);
        StoreCalls.delete(connection, STATE, mac);
        connection.unary("Close");
    }
}
