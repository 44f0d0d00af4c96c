package dev.kloset.jdbc;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Exporter;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.Plugin;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/** Copies a database in one process, so that a test can give that process little memory. */
final class CopyMain {

    private static final String PROPERTIES = "properties";

    private CopyMain() {}

    /**
     * Copy.
     *
     * @param args the two locations, the user and the password, which may be empty; then settings of the backup, as KEY=VALUE, of which {@code properties} is the restore's, too
     */
    public static void main(String[] args) throws Exception {
        Plugin plugin = JdbcPlugin.plugin();
        SynchronousQueue<Optional<ConnectorRecord>> wire = new SynchronousQueue<>();
        try (Importer importer = plugin.registrations(Plugin.Kind.IMPORTER)
                .getFirst()
                .importer()
                .orElseThrow()
                .create(context(args, 0));
                Exporter exporter = plugin.registrations(Plugin.Kind.EXPORTER)
                        .getFirst()
                        .exporter()
                        .orElseThrow()
                        .create(context(args, 1))) {
            Map<ConnectorRecord, Runnable> acknowledgements = new ConcurrentHashMap<>();
            FutureTask<Boolean> restore = new FutureTask<>(() -> {
                try {
                    exporter.exportRecords(source(wire), results(acknowledgements));
                } catch (Throwable e) {
                    System.getLogger(CopyMain.class.getName()).log(System.Logger.Level.ERROR, "the restore failed", e);
                    System.exit(1); // the backup would wait for it forever
                }
                return true;
            });
            Thread.ofPlatform().daemon().start(restore);
            importer.importRecords((record, onResult) -> {
                acknowledgements.put(record, () -> onResult.accept(ConnectorResult.ok(record)));
                wire.put(Optional.of(record));
            });
            wire.put(Optional.empty());
            restore.get();
        }
        say();
    }

    /** Say what it took, for the tests that are run to measure. */
    @SuppressWarnings("SystemOut") // a program that a test starts
    private static void say() {
        long heap = ManagementFactory.getMemoryPoolMXBeans()
                .stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        ProcessHandle.Info process = ProcessHandle.current().info();
        Duration processor = process.totalCpuDuration().orElse(Duration.ZERO);
        Duration time = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        System.out.println("copied in " + time.toSeconds() + " s, " + processor.toSeconds()
                + " s of processor time, at most " + (heap >> 20) + " MiB of heap");
    }

    private static ConnectorContext context(String[] args, int location) {
        Map<String, String> settings = new HashMap<>();
        settings.put("location", args[location]);
        settings.put("username", args[2]);
        if (!args[3].isEmpty()) {
            settings.put("password", args[3]);
        }
        for (int i = 4; i < args.length; i++) {
            String[] setting = args[i].split("=", 2);
            if (location == 0 || setting[0].equals(PROPERTIES)) {
                settings.put(setting[0], setting[1]);
            }
        }
        return ConnectorContext.of("jdbc", ConnectorConfig.of(settings), Options.builder().build());
    }

    private static RecordSource source(SynchronousQueue<Optional<ConnectorRecord>> wire) {
        return new RecordSource() {
            @Override
            public @Nullable ConnectorRecord next() throws InterruptedException {
                return wire.take().orElse(null);
            }
        };
    }

    private static ResultSink results(Map<ConnectorRecord, Runnable> acknowledgements) {
        return new ResultSink() {
            @Override
            public void ok(ConnectorRecord record) {
                Runnable acknowledgement = acknowledgements.remove(record);
                if (acknowledgement != null) {
                    acknowledgement.run();
                }
            }

            @Override
            public void error(ConnectorRecord record, String message) {
                throw new IllegalStateException(record.pathname() + ": " + message);
            }
        };
    }
}
