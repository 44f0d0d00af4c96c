package dev.kloset.kafka.servers;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Waits until a broker has applied what its controller has decided. A call that makes, changes or deletes topics, configurations,
 * rights, logins or quotas returns before, so that the broker may act by the former state for a while.
 */
final class Settling {

    private static final ConfigResource MARK = new ConfigResource(ConfigResource.Type.GROUP, "mark-of-the-tests");
    private static final String NAME = "consumer.session.timeout.ms";
    private static final int LEAST = 45_000; // that a broker takes
    private static final int MOST = 15_000; // more than that
    private static final AtomicInteger NEXT = new AtomicInteger();

    private Settling() {}

    /**
     * Wait. Decisions come one after the other: a broker that shows the first mark shows everything before. It applies everything
     * before to replicas, rights and logins before it looks at the second mark.
     */
    static void of(Admin admin) throws InterruptedException, ExecutionException {
        mark(admin);
        mark(admin);
    }

    private static void mark(Admin admin) throws InterruptedException, ExecutionException {
        String value = Integer.toString(LEAST + NEXT.getAndIncrement() % MOST);
        ConfigEntry entry = new ConfigEntry(NAME, value);
        admin.incrementalAlterConfigs(Map.of(MARK, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                .all()
                .get();
        while (!value.equals(value(admin))) {
            Thread.sleep(10);
        }
    }

    private static String value(Admin admin) throws InterruptedException, ExecutionException {
        ConfigEntry entry = Objects.requireNonNull(admin.describeConfigs(List.of(MARK)).all().get().get(MARK))
                .get(NAME);
        return entry == null ? "none" : entry.value();
    }
}
