package dev.kloset.sdk.cache;

import dev.kloset.sdk.internal.temporary.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Makes the start-up cache that the launcher has not found. No process waits for it and it reports to no one. It may be killed at
 * any moment: the next run sweeps up what it leaves.
 *
 * <p>The launcher starts it in the background, after it has checked that only this user and root can change what is on the way to
 * the cache.
 */
final class CacheMaker {

    private static final String END_OF_JARS = "--";

    private final CacheEntry entry;
    private final Path launcher;
    private final List<String> training;

    private CacheMaker(CacheEntry entry, Path launcher, List<String> training) {
        this.entry = entry;
        this.launcher = launcher;
        this.training = List.copyOf(training);
    }

    /**
     * @param args the entry, the launcher, Java's modules file, the jars from the launcher's directory, "--", the arguments of
     *     the training
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> words = Arrays.asList(args);
        int end = words.indexOf(END_OF_JARS);
        Path launcher = Path.of(words.get(1));
        CacheEntry entry = CacheEntry.of(Path.of(words.get(0)), launcher, Path.of(words.get(2)), words.subList(3, end));
        new CacheMaker(entry, launcher, words.subList(end + 1, words.size())).make();
    }

    private void make() throws IOException, InterruptedException {
        entry.makeParent();
        Optional<CacheLock> lock = CacheLock.take(entry.beside(".lock"));
        if (lock.isPresent()) {
            try {
                if (!entry.fits()) { // another process was faster
                    replace();
                }
            } finally {
                lock.get().release();
            }
        }
    }

    private void replace() throws IOException, InterruptedException {
        CacheSweep.leftovers(entry);
        CacheSweep.orphans(entry);
        Path fresh = entry.begin();
        try {
            // A failed training leaves an entry without a cache, which records the failure: it would fail again at every start.
            train(fresh.resolve(CacheEntry.CACHE));
            entry.publish(fresh);
        } finally {
            FileTree.delete(fresh);
        }
    }

    /** The launcher runs the training: the JVM accepts a cache only with the options that it was made with. */
    private void train(Path cache) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "train"));
        command.addAll(training);
        Process process = start(command, cache);
        try {
            process.waitFor(CacheLock.LONGEST.toMillis() / 2, TimeUnit.MILLISECONDS);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static Process start(List<String> command, Path cache) throws IOException {
        List<String> nice = new ArrayList<>(List.of("nice", "-n", "10"));
        nice.addAll(command);
        try {
            return builder(nice, cache).start();
        } catch (IOException withoutNice) {
            return builder(command, cache).start();
        }
    }

    private static ProcessBuilder builder(List<String> command, Path cache) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("KLOSET_AOT_OUTPUT", cache.toString());
        return builder;
    }
}
