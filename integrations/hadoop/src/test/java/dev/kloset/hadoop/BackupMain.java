package dev.kloset.hadoop;

import dev.kloset.ConnectorResult;
import dev.kloset.Importer;

/** A backup in a process of its own, so that a test can kill it: stops at each record until a line comes, or no more can. */
final class BackupMain {

    private BackupMain() {}

    /**
     * Back up.
     *
     * @param args the settings, as {@code key=value}
     */
    public static void main(String[] args) throws Exception {
        try (Importer importer = Taken.importer(JavaMain.settings(args))) {
            importer.importRecords((record, onResult) -> {
                synchronized (BackupMain.class) {
                    JavaMain.say("\n");
                    int _ = System.in.read();
                }
                onResult.accept(ConnectorResult.ok(record));
            });
        }
    }
}
