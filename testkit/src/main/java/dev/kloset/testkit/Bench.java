package dev.kloset.testkit;

import dev.kloset.Plugin.Kind;
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

/** What one check works with: it starts processes, and whatever the check does with them, they are ended here. Any thread. */
final class Bench implements AutoCloseable {

    final Ground ground;
    final Evidence evidence = new Evidence();
    private final List<Session> sessions = new ArrayList<>(); // guarded by this
    private final List<String> notes = new ArrayList<>(); // guarded by this
    private @Nullable Path place; // guarded by this
    private boolean closed; // guarded by this

    Bench(Ground ground) {
        this.ground = ground;
    }

    Kind kind() {
        return ground.settings.kind();
    }

    Duration hungAfter() {
        return ground.settings.hungAfter();
    }

    /** {@return the directory that stands for {@code {temp}} in this check} */
    synchronized Path place() throws IOException {
        if (place == null) {
            place = ground.place();
        }
        return place;
    }

    Map<String, String> config() throws IOException {
        return ground.config(ground.hasFreshPlaces() ? place() : null);
    }

    /** {@return a fresh process that has shown it speaks HTTP/2} */
    Session start() throws Exception {
        int window = ground.subject.windowBytes();
        return start(GrpcLimits.builder().initialStreamWindow(window).maxStreamWindow(4 * window).build());
    }

    Session start(GrpcLimits limits) throws Exception {
        Session session = session(limits);
        session.awaitReady();
        return session;
    }

    /** {@return a fresh process that may not speak HTTP/2 at all} */
    Session session(GrpcLimits limits) throws IOException {
        Session session = new Session(this, ground.subject.start(), limits);
        synchronized (this) {
            if (!closed) {
                sessions.add(session);
                return session;
            }
        }
        session.kill();
        throw new IOException("the check is over");
    }

    /** {@return a fresh process after a good Init} */
    Session open() throws Exception {
        Session session = start();
        session.init();
        return session;
    }

    /**
     * {@return how many bytes no plugin takes in before somebody reads them} Windows grow to 16 MiB where there is much to
     * send; a plugin in this process is one of ours, which stops at 4 MiB.
     */
    int beyondAnyWindow() {
        return ground.subject.isProcess() ? 20 << 20 : 5 << 20;
    }

    /** Judge the plugin by the answers that the other checks got, which there must have been. */
    void judgeByAnswers() throws NotApplicableException {
        if (ground.answersSeen() == 0) {
            throw new NotApplicableException("no evidence: the plugin has answered no call of the other checks");
        }
        evidence.saw();
    }

    void note(String note) {
        synchronized (this) {
            if (!notes.contains(note)) {
                notes.add(note);
            }
        }
    }

    /** Remember if something took long without being a failure. */
    void took(String what, Duration time) {
        if (time.compareTo(ground.settings.slowAfter()) > 0) {
            note(String.format(Locale.ROOT, "slow, not hung: %s took %.1f s", what, time.toMillis() / 1000.0));
        }
    }

    synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    /** Do something that must work before this check can tell anything. */
    static <T> T needs(Clause clause, Step<T> step) throws Exception {
        try {
            return step.run();
        } catch (ClauseFailedException e) {
            throw new BlockedException(clause, e.failure().expected(), e.failure().seen());
        }
    }

    /** One step of a check. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws Exception;
    }

    /** {@return what the plugin said of itself} */
    Optional<String> identity() throws Exception {
        Session session = start();
        return Optional.of(session.init().words());
    }

    /** End every process now, so that whatever waits for one stops waiting. */
    void kill() {
        List<Session> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(sessions);
        }
        all.forEach(Session::kill);
    }

    @Override
    public void close() {
        List<Session> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(sessions);
        }
        for (Session session : all) {
            session.close();
        }
    }
}
