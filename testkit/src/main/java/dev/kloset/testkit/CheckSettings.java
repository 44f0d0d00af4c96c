package dev.kloset.testkit;

import dev.kloset.Options;
import dev.kloset.Plugin.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is checked, and how patiently. Immutable. */
public final class CheckSettings {

    private final Kind kind;
    private final Map<String, String> config;
    private final Options options;
    private final Map<Clause, String> waivers;
    private final @Nullable Path mutable;
    private final Path temporaries;
    private final Duration slowAfter;
    private final Duration hungAfter;
    private final Duration limit;
    private final Duration startsWithin;
    private final Duration endsWithin;

    private CheckSettings(Builder builder) {
        this.kind = builder.kind;
        this.config = Map.copyOf(builder.config);
        this.options = builder.options;
        this.waivers = Map.copyOf(builder.waivers);
        this.mutable = builder.mutable;
        this.temporaries = builder.temporaries;
        this.slowAfter = builder.slowAfter;
        this.hungAfter = builder.hungAfter;
        this.limit = builder.limit;
        this.startsWithin = builder.startsWithin;
        this.endsWithin = builder.endsWithin;
    }

    /**
     * {@return a builder}
     *
     * @param config what the connector is configured with, {@code location} among it. {@code {temp}} in a value stands for
     *     an empty directory, another one for every check
     */
    public static Builder builder(Kind kind, Map<String, String> config) {
        return new Builder(kind, config);
    }

    /** {@return which kind of connector is checked} */
    public Kind kind() {
        return kind;
    }

    Map<String, String> config() {
        return config;
    }

    /** {@return whether every check has a place of its own: {@code {temp}} is in the configuration} */
    public boolean hasFreshPlaces() {
        return config.values().stream().anyMatch(value -> value.contains(Ground.TEMP));
    }

    Options options() {
        return options;
    }

    Map<Clause, String> waivers() {
        return waivers;
    }

    Optional<Path> mutable() {
        return Optional.ofNullable(mutable);
    }

    Path temporaries() {
        return temporaries;
    }

    Duration slowAfter() {
        return slowAfter;
    }

    Duration hungAfter() {
        return hungAfter;
    }

    Duration limit() {
        return limit;
    }

    /** {@return what the host grants a plugin for its first frame} */
    Duration startsWithin() {
        return startsWithin;
    }

    /** {@return what a plugin gets to end once its standard input has ended} */
    Duration endsWithin() {
        return endsWithin;
    }

    /** Builds {@link CheckSettings}. Not for several threads. */
    public static final class Builder {

        private final Kind kind;
        private final Map<String, String> config;
        private final Map<Clause, String> waivers = new LinkedHashMap<>();
        private Options options = Options.builder()
                .hostname("kloset-check")
                .operatingSystem("linux")
                .architecture("amd64")
                .cwd("/")
                .maxConcurrency(4)
                .build();
        private @Nullable Path mutable;
        private Path temporaries = Path.of(System.getProperty("java.io.tmpdir"));
        private Duration slowAfter = Duration.ofSeconds(2);
        private Duration hungAfter = Duration.ofSeconds(20);
        private Duration limit = Duration.ofSeconds(90);
        private Duration startsWithin = Duration.ofSeconds(20);
        private Duration endsWithin = Duration.ofSeconds(3);

        private Builder(Kind kind, Map<String, String> config) {
            this.kind = Objects.requireNonNull(kind, "kind");
            this.config = Map.copyOf(config);
        }

        /** Set what importers and exporters are told about the host. */
        public Builder options(Options value) {
            options = Objects.requireNonNull(value, "options");
            return this;
        }

        /** Let {@code clause} be broken without a failure, and say why. */
        public Builder waive(Clause clause, String reason) {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("a waiver of " + clause + " must say why");
            }
            waivers.put(clause, reason);
            return this;
        }

        /** Name a directory below the importer's source whose content may be changed; it is left empty. */
        public Builder mutable(Path directory) {
            mutable = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /** Set below which directory the directories for {@code {temp}} are made. */
        public Builder temporaries(Path directory) {
            temporaries = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /** Set when an answer is called slow, which is no failure. */
        public Builder slowAfter(Duration value) {
            slowAfter = Objects.requireNonNull(value, "slowAfter");
            return this;
        }

        /** Set when a missing answer is called a hang. */
        public Builder hungAfter(Duration value) {
            hungAfter = Objects.requireNonNull(value, "hungAfter");
            return this;
        }

        /** Set how long one clause may take, whatever happens. */
        public Builder limit(Duration value) {
            limit = Objects.requireNonNull(value, "limit");
            return this;
        }

        /** Shorten what the contract grants, for programs of which it is known that they never speak and never end. */
        Builder grants(Duration start, Duration end) {
            startsWithin = start;
            endsWithin = end;
            return this;
        }

        /** {@return the settings} */
        public CheckSettings build() {
            return new CheckSettings(this);
        }
    }
}
