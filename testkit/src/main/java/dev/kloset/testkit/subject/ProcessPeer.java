package dev.kloset.testkit.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plugin in a process of its own. A dedicated thread reads its standard error, so that the plugin never waits for us. */
final class ProcessPeer implements Peer {

    private static final int KEPT = 64 * 1024; // characters
    /** Shows a redactor that the text before it may be the beginning of a secret. */
    private static final String CUT = " …";
    private static final Duration STDERR_PATIENCE = Duration.ofMillis(500);

    private final Process process;
    private final Duration grace;
    private final StringBuilder complaints = new StringBuilder(); // guarded by itself, bounded by KEPT
    private final Map<Long, ProcessHandle> children = new LinkedHashMap<>(); // guarded by itself
    private final StandardOutputHolders holders;
    private final Thread stderr;

    /**
     * @param grace how long the process may take to end, if that is more than it is granted otherwise
     */
    ProcessPeer(Process process, Duration grace) {
        this.process = process;
        this.grace = grace;
        this.holders = StandardOutputHolders.of(process.pid());
        this.stderr = Thread.ofVirtual().name("stderr of " + process.pid()).start(this::listen);
    }

    private void listen() {
        char[] buffer = new char[8192];
        try (Reader in = process.errorReader(StandardCharsets.UTF_8)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                keep(buffer, n);
            }
        } catch (IOException e) {
            // The process is gone, and its pipe with it.
        }
    }

    private void keep(char[] said, int count) {
        synchronized (complaints) {
            int room = KEPT - complaints.length();
            if (room >= 0) { // not cut yet
                complaints.append(said, 0, Math.min(room, count)).append(count > room ? CUT : "");
            }
        }
    }

    @Override
    public InputStream fromPlugin() {
        return process.getInputStream();
    }

    @Override
    public OutputStream toPlugin() {
        return process.getOutputStream();
    }

    /** Remember the children while they are descendants: a child that outlives its parent is no longer one. */
    private void rememberChildren() {
        if (!process.isAlive()) {
            return; // a process without a parent has been adopted, and finding it takes a walk through all processes
        }
        List<ProcessHandle> now = process.descendants().toList();
        synchronized (children) {
            now.forEach(child -> children.put(child.pid(), child));
        }
        holders.look(now);
    }

    @Override
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        rememberChildren();
        return process.waitFor(patience.compareTo(grace) < 0 ? grace : patience);
    }

    @Override
    public String death() throws InterruptedException {
        if (process.isAlive()) {
            return "";
        }
        String said = lastWords(complaints());
        return "the process ended with exit status " + process.exitValue()
                + (said.isEmpty() ? " and said nothing" : " and said: " + said);
    }

    /** {@return the line of a crash report that gives the reason, otherwise the last lines} */
    private static String lastWords(String complaints) {
        List<String> lines = complaints.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.stream()
                .filter(line -> line.startsWith("panic:") || line.startsWith("fatal error:"))
                .findFirst()
                .orElseGet(() -> String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size())));
    }

    @Override
    public String complaints() throws InterruptedException {
        if (!process.isAlive()) {
            stderr.join(STDERR_PATIENCE);
        }
        synchronized (complaints) {
            return complaints.toString();
        }
    }

    @Override
    public List<String> children() {
        synchronized (children) {
            return children.values()
                    .stream()
                    .filter(child -> child.isAlive() && !isZombie(child.pid()))
                    .map(child -> child.info().command().orElse("a program") + " (process " + child.pid() + ")")
                    .toList();
        }
    }

    /**
     * {@return whether the process has ended but its new parent has not yet collected it} It does not count as left over: it
     * can no longer be ended.
     */
    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // the system does not say, or the process is gone altogether
        }
    }

    @Override
    public List<String> holders() {
        return holders.seen();
    }

    @Override
    public void kill() {
        rememberChildren();
        process.destroyForcibly();
    }

    @Override
    public void clear() {
        kill();
        synchronized (children) {
            children.values().forEach(ProcessHandle::destroyForcibly);
        }
        closeQuietly();
    }

    private void closeQuietly() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The plugin no longer reads its input.
        }
    }
}
