package dev.kloset.testkit.connection;

import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.PreservedAttribute;
import dev.kloset.wire.grpc.GrpcLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The workbench of one check: starts the processes that the check needs, and ends them whatever the check does with them. Any
 * thread.
 */
public final class CheckContext implements AutoCloseable {

    public final RunContext runContext;
    public final Evidence evidence = new Evidence();
    private final List<PluginConnection> sessions = new ArrayList<>(); // guarded by this
    private final List<String> notes = new ArrayList<>(); // guarded by this
    private @Nullable Path place; // guarded by this
    private boolean closed; // guarded by this

    public CheckContext(RunContext runContext) {
        this.runContext = runContext;
    }

    public Kind kind() {
        return runContext.settings.kind();
    }

    /** {@return whether the exporter's destination can express that} */
    public boolean keeps(PreservedAttribute attribute) {
        return runContext.settings.kept().contains(attribute);
    }

    public Duration hungAfter() {
        return runContext.settings.hungAfter();
    }

    /** {@return the directory that stands for {@code {temp}} in this check} */
    public synchronized Path place() throws IOException {
        if (place == null) {
            place = runContext.place();
        }
        return place;
    }

    public Map<String, String> config() throws IOException {
        return runContext.config(runContext.hasFreshPlaces() ? place() : null);
    }

    /** {@return a fresh process that has proved that it speaks HTTP/2} */
    public PluginConnection start() throws Exception {
        int window = runContext.subject.windowBytes();
        return start(GrpcLimits.builder().initialStreamWindow(window).maxStreamWindow(4 * window).build());
    }

    public PluginConnection start(GrpcLimits limits) throws Exception {
        PluginConnection connection = connect(limits);
        connection.awaitReady();
        return connection;
    }

    /** {@return a fresh process that may not speak HTTP/2 at all} */
    PluginConnection connect(GrpcLimits limits) throws IOException {
        PluginConnection connection = new PluginConnection(this, runContext.subject.start(), limits);
        synchronized (this) {
            if (!closed) {
                sessions.add(connection);
                return connection;
            }
        }
        connection.kill();
        throw new IOException("the check is over");
    }

    /** {@return a fresh process after a successful Init} */
    public PluginConnection open() throws Exception {
        PluginConnection connection = start();
        connection.init();
        return connection;
    }

    /**
     * {@return more bytes than any plugin can send before the client reads some} Windows grow to 16 MiB where there is much to
     * send; a plugin in this process is one of ours, which stops at 4 MiB.
     */
    public int beyondAnyWindow() {
        return runContext.subject.isProcess() ? 20 << 20 : 5 << 20;
    }

    /** Judge the plugin by the answers that the other checks got. There must have been some. */
    public void judgeByAnswers() throws NotApplicableException {
        if (runContext.answersSeen() == 0) {
            throw new NotApplicableException("no evidence: the plugin has answered no call of the other checks");
        }
        evidence.saw();
    }

    public void note(String note) {
        synchronized (this) {
            if (!notes.contains(note)) {
                notes.add(note);
            }
        }
    }

    /** Record that something took long without failing. */
    void took(String what, Duration time) {
        if (time.compareTo(runContext.settings.slowAfter()) > 0) {
            note(String.format(Locale.ROOT, "slow, not hung: %s took %.1f s", what, time.toMillis() / 1000.0));
        }
    }

    public synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    /** Do something that must work before this check can judge anything. */
    public static <T> T needs(Clause clause, Step<T> step) throws Exception {
        try {
            return step.run();
        } catch (ClauseFailedException e) {
            throw new BlockedException(clause, e.failure().expected(), e.failure().seen());
        }
    }

    /** One step of a check. */
    @FunctionalInterface
    public interface Step<T> {
        T run() throws Exception;
    }

    /** {@return what the plugin says about itself} */
    Optional<String> identity() throws Exception {
        PluginConnection connection = start();
        return Optional.of(connection.init().words());
    }

    /** End every process now, so that no thread waits for one any longer. */
    public void kill() {
        List<PluginConnection> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(sessions);
        }
        all.forEach(PluginConnection::kill);
    }

    @Override
    public void close() {
        List<PluginConnection> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(sessions);
        }
        for (PluginConnection connection : all) {
            connection.close();
        }
    }
}
