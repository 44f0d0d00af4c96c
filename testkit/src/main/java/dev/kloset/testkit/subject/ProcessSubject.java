package dev.kloset.testkit.subject;

import dev.kloset.Plugin.Kind;
import dev.kloset.support.Sentence;
import dev.kloset.testkit.contract.CannotCheckException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A plugin that is an executable file. */
public final class ProcessSubject implements Subject {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final List<String> FOR_EVERY_JAVA = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS");

    private final List<String> commandLine;
    private final Map<String, String> environment;
    private final List<String> without = new ArrayList<>();
    private Optional<Subject> importer = Optional.empty();
    private Duration grace = Duration.ZERO;

    /**
     * Start the plugin as a host starts it: with the user's directory and environment, and two pipes.
     *
     * @param environment variables to add to the environment of this process
     */
    public ProcessSubject(Path executable, List<String> args, Map<String, String> environment) {
        this.commandLine = new ArrayList<>();
        commandLine.add(executable.toString());
        commandLine.addAll(args);
        this.environment = Map.copyOf(environment);
    }

    /**
     * {@return the Java that runs this program, started with {@code arguments}} Drops the options that the user's environment
     * sets for every Java, as the launcher of a package does.
     */
    static ProcessSubject java(List<String> arguments) {
        ProcessSubject subject = new ProcessSubject(JAVA, arguments, Map.of());
        subject.without.addAll(FOR_EVERY_JAVA);
        return subject;
    }

    /** {@return this one, whose processes may take {@code time} to end, whatever else they are granted} */
    ProcessSubject endingWithin(Duration time) {
        grace = time;
        return this;
    }

    @Override
    public String name() {
        return String.join(" ", commandLine);
    }

    @Override
    public boolean isProcess() {
        return true;
    }

    /** {@return this plugin with another one whose importer reads what its exporter writes} */
    public ProcessSubject withImporter(Subject other) {
        ProcessSubject subject = new ProcessSubject(Path.of(commandLine.getFirst()),
                commandLine.subList(1, commandLine.size()), environment);
        subject.without.addAll(without);
        subject.importer = Optional.of(other);
        return subject;
    }

    /** {@return by default the same program, with the argument {@code importer} instead of {@code exporter}} */
    @Override
    public Subject importer() {
        if (importer.isPresent()) {
            return importer.get();
        }
        ProcessSubject subject = new ProcessSubject(Path.of(commandLine.getFirst()),
                asImporter(commandLine.subList(1, commandLine.size())), environment);
        subject.without.addAll(without);
        return subject;
    }

    static List<String> asImporter(List<String> args) {
        return args.stream()
                .map(arg -> arg.equals(Kind.EXPORTER.manifestType()) ? Kind.IMPORTER.manifestType() : arg)
                .toList();
    }

    @Override
    public Peer start() throws IOException {
        try {
            return new ProcessPeer(builder().start(), grace);
        } catch (IOException e) {
            throw new CannotCheckException("cannot start the plugin " + commandLine.getFirst() + ": " + Sentence.of(e));
        }
    }

    ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(commandLine);
        builder.environment().keySet().removeAll(without);
        builder.environment().putAll(environment);
        return builder;
    }
}
