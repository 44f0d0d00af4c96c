package dev.kloset.host;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The paths for which a plugin has sent a record. Bounded by the number of paths in the replayed recording. */
final class AnnouncedPaths {

    private final Set<String> paths = new HashSet<>(); // guarded by this

    synchronized void add(String path) {
        paths.add(path);
        notifyAll();
    }

    /** {@return whether the plugin has sent a record for {@code path}, now or within {@code limit}} */
    synchronized boolean await(String path, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!paths.contains(path)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
