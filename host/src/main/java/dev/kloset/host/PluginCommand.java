package dev.kloset.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** How to start a plugin, and how patient to be with it. Immutable. */
public final class PluginCommand {

    /** How long Plakar waits for a plugin to start speaking: grpc-go then gives up a connection without SETTINGS. */
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(20);

    /** A well-behaved plugin ends by itself within 2 s after its pipes are closed. */
    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);

    private final Path executable;
    private final List<String> args;
    private final String name;
    private final Map<String, String> environment;
    private final Consumer<String> stderr;
    private final UnaryOperator<String> hiding;
    private final Duration patience;
    private final Consumer<String> waiting;
    private final Duration initTimeout;
    private final Duration closeTimeout;

    private PluginCommand(Builder builder) {
        this.executable = builder.executable;
        this.args = builder.args;
        this.name = builder.name;
        this.environment = builder.environment;
        this.stderr = builder.stderr;
        this.hiding = builder.hiding;
        this.patience = builder.patience;
        this.waiting = builder.waiting;
        this.initTimeout = builder.initTimeout;
        this.closeTimeout = builder.closeTimeout;
    }

    /** {@return a builder for a plugin without arguments, named after its file, whose messages are dropped} */
    public static Builder builder(Path executable) {
        return new Builder(executable);
    }

    /** {@return the name of the plugin in every message about it} */
    public String name() {
        return name;
    }

    Path executable() {
        return executable;
    }

    List<String> commandLine() {
        List<String> line = new ArrayList<>();
        line.add(executable.toString());
        line.addAll(args);
        return line;
    }

    Map<String, String> environment() {
        return environment;
    }

    Consumer<String> stderr() {
        return stderr;
    }

    UnaryOperator<String> hiding() {
        return hiding;
    }

    /** {@return the time after which the host reports what it is waiting for; zero for never} */
    Duration patience() {
        return patience;
    }

    Consumer<String> waiting() {
        return waiting;
    }

    Duration handshakeTimeout() {
        return initTimeout.compareTo(HANDSHAKE_TIMEOUT) < 0 ? initTimeout : HANDSHAKE_TIMEOUT;
    }

    Duration initTimeout() {
        return initTimeout;
    }

    Duration closeTimeout() {
        return closeTimeout;
    }

    Duration endTimeout() {
        return closeTimeout.compareTo(END_TIMEOUT) < 0 ? closeTimeout : END_TIMEOUT;
    }

    /** Builds a {@link PluginCommand}. Not thread-safe. */
    public static final class Builder {

        private final Path executable;
        private List<String> args = List.of();
        private String name;
        private Map<String, String> environment = Map.of();
        private Consumer<String> stderr = line -> {};
        private UnaryOperator<String> hiding = UnaryOperator.identity();
        private Duration patience = Duration.ZERO;
        private Consumer<String> waiting = line -> {};
        // Init may connect to a slow server.
        private Duration initTimeout = Duration.ofSeconds(60);
        private Duration closeTimeout = Duration.ofSeconds(15);

        private Builder(Path executable) {
            this.executable = Objects.requireNonNull(executable, "executable");
            this.name = String.valueOf(executable.getFileName());
        }

        /** Set the arguments. Plugins built with the Go SDK refuse any. */
        public Builder args(List<String> value) {
            args = List.copyOf(value);
            return this;
        }

        /** Set the name of the plugin in messages. */
        public Builder name(String value) {
            name = Objects.requireNonNull(value, "name");
            return this;
        }

        /** Add to the environment of this process, which the plugin inherits. */
        public Builder environment(Map<String, String> value) {
            environment = Map.copyOf(value);
            return this;
        }

        /** Set the consumer of every line that the plugin writes to its standard error. It runs on a thread of its own. */
        public Builder stderr(Consumer<String> value) {
            stderr = Objects.requireNonNull(value, "stderr");
            return this;
        }

        /**
         * Set the function that removes secrets from what the plugin writes to its standard error, before the text is cut into
         * lines of limited length, passed on, or shown in a message. It runs on a thread of its own, with a line, or with a
         * part of a line longer than 8,000 characters.
         */
        public Builder hiding(UnaryOperator<String> value) {
            hiding = Objects.requireNonNull(value, "hiding");
            return this;
        }

        /**
         * Set the consumer of lines about what the plugin keeps this process waiting for: an unanswered call, or records or
         * bytes that do not come. It gets a line, on a thread of its own, after {@code patience}, after ten times as long, and
         * so on. By default there are no such lines.
         */
        public Builder waiting(Duration patience, Consumer<String> lines) {
            this.patience = Objects.requireNonNull(patience, "patience");
            this.waiting = Objects.requireNonNull(lines, "lines");
            return this;
        }

        /** Set the limit for Init and for Ping, and for the plugin to begin to speak, for which the limit is never more than 20 s. */
        public Builder initTimeout(Duration value) {
            initTimeout = Objects.requireNonNull(value, "initTimeout");
            return this;
        }

        /** Set the limit for Close, and again for the end of the process, for which the limit is never more than 5 s. */
        public Builder closeTimeout(Duration value) {
            closeTimeout = Objects.requireNonNull(value, "closeTimeout");
            return this;
        }

        /** {@return the command} */
        public PluginCommand build() {
            return new PluginCommand(this);
        }
    }
}
