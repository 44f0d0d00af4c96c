package dev.kloset.testkit;

import dev.kloset.support.Sentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An executable. */
public final class ProcessSubject implements Subject {

    private final List<String> commandLine;
    private final Map<String, String> environment;
    private final List<String> without = new ArrayList<>();

    /**
     * A plugin that is started as a host starts it: the user's directory and environment, two pipes.
     *
     * @param environment is added to that of this process
     */
    public ProcessSubject(Path executable, List<String> args, Map<String, String> environment) {
        this.commandLine = new ArrayList<>();
        commandLine.add(executable.toString());
        commandLine.addAll(args);
        this.environment = Map.copyOf(environment);
    }

    /**
     * {@return the Java that runs this, started with {@code arguments}} Without the options that the user's environment has for every
     * Java: the launcher of a package leaves them out too.
     */
    public static ProcessSubject java(List<String> arguments) {
        ProcessSubject subject = new ProcessSubject(Path.of(System.getProperty("java.home"), "bin", "java"), arguments,
                Map.of());
        subject.without.addAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return subject;
    }

    @Override
    public String name() {
        return String.join(" ", commandLine);
    }

    @Override
    public boolean isProcess() {
        return true;
    }

    @Override
    public Peer start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(commandLine);
        builder.environment().keySet().removeAll(without);
        builder.environment().putAll(environment);
        try {
            return new ProcessPeer(builder.start());
        } catch (IOException e) {
            throw new CannotCheckException("cannot start the plugin " + commandLine.getFirst() + ": " + Sentence.of(e));
        }
    }
}
