package dev.kloset.hadoop;

import dev.kloset.ConnectorResult;
import dev.kloset.Importer;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/** A backup in a process of its own, so that a test can kill it: stops at its first record until a line comes. */
final class BackupMain {

    private BackupMain() {}

    /**
     * Back up.
     *
     * @param args the settings, as {@code key=value}
     */
    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new TreeMap<>();
        for (String arg : args) {
            settings.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
        }
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        try (Importer importer = Taken.importer(settings)) {
            importer.importRecords((record, onResult) -> {
                synchronized (BackupMain.class) {
                    if (record.pathname().equals("/")) {
                        out.write('\n');
                        out.flush();
                        int _ = System.in.read();
                    }
                }
                onResult.accept(ConnectorResult.ok(record));
            });
        }
    }
}
