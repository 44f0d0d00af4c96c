package dev.kloset.testkit.subject;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A main class on the class path of this process, which runs it in Java processes of its own. A contract takes about fifty of
 * them, so they start as quickly as Java can: with a start-up cache. It holds what {@linkplain #rehearse one session} with the
 * connector needs, a client library above all. Without a session the class is started once more, before all others and with the
 * one argument {@code train}, at which a plugin of this SDK rehearses the protocol without its connectors.
 */
public final class MainSubject implements Subject {

    private final String mainClass;
    private final List<String> args;

    /** The plugin that {@code mainClass} makes of {@code args}. */
    public MainSubject(String mainClass, List<String> args) {
        this.mainClass = mainClass;
        this.args = List.copyOf(args);
    }

    @Override
    public String name() {
        return (mainClass + " " + String.join(" ", args)).strip();
    }

    @Override
    public boolean isProcess() {
        return true;
    }

    /** {@return the same class with the argument {@code importer} instead of {@code exporter}} */
    @Override
    public Subject importer() {
        return new MainSubject(mainClass, ProcessSubject.asImporter(args));
    }

    @Override
    public void rehearse(Rehearsal session) throws IOException {
        AotCache.rehearse(mainClass, args, session);
    }

    @Override
    public Peer start() throws IOException {
        List<String> line = new ArrayList<>(AotCache.of(mainClass).options());
        line.add(mainClass);
        line.addAll(args);
        return ProcessSubject.java(line).start();
    }
}
