package dev.kloset.testkit.contract;

import dev.kloset.ConfigModel;
import dev.kloset.Options;
import dev.kloset.Plugin.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What to check, and how patiently. Immutable. */
public final class CheckSettings {

    /** Stands for an empty directory in a value of the configuration; every check gets another one. */
    public static final String TEMP = "{temp}";

    private final Kind kind;
    private final Map<String, String> config;
    private final Options options;
    private final Map<Clause, String> waivers;
    private final Set<PreservedAttribute> kept;
    private final @Nullable Map<String, String> readBack;
    private final @Nullable Path mutable;
    private final @Nullable MutableSource mutableSource;
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
        this.kept = Set.copyOf(builder.kept);
        this.readBack = builder.readBack;
        this.mutable = builder.mutable;
        this.mutableSource = builder.mutableSource;
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
     * @param config the configuration of the connector, including {@code location}. {@code {temp}} in a value stands for an
     *     empty directory; every check gets another one
     */
    public static Builder builder(Kind kind, Map<String, String> config) {
        return new Builder(kind, config);
    }

    /** {@return the kind of connector to check} */
    public Kind kind() {
        return kind;
    }

    /** {@return the configuration of the connector; {@link #TEMP} in a value stands for a directory of the check} */
    public Map<String, String> config() {
        return config;
    }

    /** {@return whether every check has a location of its own, because the configuration contains {@code {temp}}} */
    public boolean hasFreshPlaces() {
        return config.values().stream().anyMatch(value -> value.contains(TEMP));
    }

    /** {@return what importers and exporters learn about the host} */
    public Options options() {
        return options;
    }

    /** {@return the clauses that may be broken, each with the reason} */
    public Map<Clause, String> waivers() {
        return waivers;
    }

    /** {@return what the exporter's destination keeps besides paths and bytes} */
    public Set<PreservedAttribute> kept() {
        return kept;
    }

    /** {@return the configuration of the importer that reads what the exporter has written; by default the exporter's own} */
    public Map<String, String> readBack() {
        return readBack == null ? config : readBack;
    }

    /** {@return the directory below the importer's source whose content the checks may change} */
    public Optional<Path> mutable() {
        return Optional.ofNullable(mutable);
    }

    /** {@return the source that the checks may change by its own means; it comes before a directory} */
    public Optional<MutableSource> mutableSource() {
        return Optional.ofNullable(mutableSource);
    }

    /** {@return the directory below which the directories for {@link #TEMP} are made} */
    public Path temporaries() {
        return temporaries;
    }

    /** {@return the time after which an answer counts as slow, which is not a failure} */
    public Duration slowAfter() {
        return slowAfter;
    }

    /** {@return the time after which a missing answer counts as a hang} */
    public Duration hungAfter() {
        return hungAfter;
    }

    /** {@return the time limit for one clause} */
    public Duration limit() {
        return limit;
    }

    /** {@return how long the host waits for the plugin's first frame} */
    public Duration startsWithin() {
        return startsWithin;
    }

    /** {@return how long a plugin may take to end after the end of its standard input} */
    public Duration endsWithin() {
        return endsWithin;
    }

    /** Builds {@link CheckSettings}. Not thread-safe. */
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
        private Set<PreservedAttribute> kept = EnumSet.allOf(PreservedAttribute.class);
        private @Nullable Map<String, String> readBack;
        private @Nullable Path mutable;
        private @Nullable MutableSource mutableSource;
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

        /** Set what importers and exporters learn about the host. */
        public Builder options(Options value) {
            options = Objects.requireNonNull(value, "options");
            return this;
        }

        /** Accept that {@code clause} is broken, and say why. */
        public Builder waive(Clause clause, String reason) {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("a waiver of " + clause + " must say why");
            }
            waivers.put(clause, reason);
            return this;
        }

        /**
         * Set what the exporter's destination keeps besides paths and bytes: by default everything. What it does not keep, the
         * checks neither demand nor look for.
         */
        public Builder kept(Set<PreservedAttribute> attributes) {
            kept = Set.copyOf(attributes);
            return this;
        }

        /**
         * Set the configuration of the importer that reads what the exporter has written, if it differs from the exporter's own.
         * {@code {temp}} is the same directory.
         */
        public Builder readBack(Map<String, String> importer) {
            readBack = Map.copyOf(importer);
            return this;
        }

        /** Name a directory below the importer's source whose content the checks may change. They leave it empty. */
        public Builder mutable(Path directory) {
            mutable = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /**
         * Prove with the changes of this source that none is overlooked. The settings are then good for one run, as {@link
         * MutableSource#close} is called once.
         */
        public Builder mutable(MutableSource source) {
            mutableSource = Objects.requireNonNull(source, "source");
            return this;
        }

        /** Set the directory below which to make the directories for {@code {temp}}. */
        public Builder temporaries(Path directory) {
            temporaries = Objects.requireNonNull(directory, "directory");
            return this;
        }

        /** Set after what time an answer counts as slow. A slow answer is not a failure. */
        public Builder slowAfter(Duration value) {
            slowAfter = Objects.requireNonNull(value, "slowAfter");
            return this;
        }

        /** Set after what time a missing answer counts as a hang. */
        public Builder hungAfter(Duration value) {
            hungAfter = Objects.requireNonNull(value, "hungAfter");
            return this;
        }

        /**
         * Wait at least as long as the connector's own time-outs and retries allow, so that a connector that still tries does not
         * count as one that hangs: longer than the sum of its durations whose keys say what they are for, such as {@code
         * connect_timeout} or {@code give_up_after}, up to five minutes. The limit for one clause grows with it.
         *
         * @param model the connector's settings, with their defaults
         */
        public Builder timeOuts(ConfigModel<?> model) {
            Duration longest = TimeOuts.sum(model, config).plus(TimeOuts.MARGIN);
            if (longest.compareTo(hungAfter) > 0) {
                hungAfter = longest;
            }
            Duration several = hungAfter.multipliedBy(TimeOuts.WAITS);
            if (several.compareTo(limit) > 0) {
                limit = several;
            }
            return this;
        }

        /** Set the time limit for one clause, whatever happens. */
        public Builder limit(Duration value) {
            limit = Objects.requireNonNull(value, "limit");
            return this;
        }

        /** Shorten the times that the contract grants, for programs that are known never to speak and never to end. */
        public Builder grants(Duration start, Duration end) {
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
