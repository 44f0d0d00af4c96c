package dev.kloset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that one executable offers. Immutable. Manifests and help derive from it alone. */
public final class Plugin {

    private final String name;
    private final @Nullable String version;
    private final List<Registration> registrations;
    private final List<Rehearsal> rehearsals;

    private Plugin(Builder builder) {
        this.name = builder.name;
        this.version = builder.version;
        this.registrations = List.copyOf(builder.registrations);
        this.rehearsals = List.copyOf(builder.rehearsals);
    }

    /**
     * {@return a builder}
     *
     * @param name the name of the package: letters, digits and {@code -}
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** {@return the name of the package} */
    public String name() {
        return name;
    }

    /**
     * {@return the version that the builder received, or else the {@code Implementation-Version} in the manifest of the jar that
     * has the first connector; empty if there is neither} The jar is asked on each call, not before: a start needs no version.
     */
    public Optional<String> version() {
        return version == null ? registrations.getFirst().jarVersion() : Optional.of(version);
    }

    /** {@return all connectors, in the order in which they were added} */
    public List<Registration> registrations() {
        return registrations;
    }

    /** {@return the connectors of one kind} */
    public List<Registration> registrations(Kind kind) {
        List<Registration> found = new ArrayList<>();
        for (Registration registration : registrations) {
            if (registration.kind() == kind) {
                found.add(registration);
            }
        }
        return List.copyOf(found);
    }

    /** {@return what the training run does for the connectors, in the order in which it was added} */
    public List<Rehearsal> rehearsals() {
        return rehearsals;
    }

    /** What a connector does at its start, without the system that it is for. */
    @FunctionalInterface
    public interface Rehearsal {

        /** Do it once. Called on one thread, in a process that serves no host. */
        void run() throws Exception;
    }

    /** The three kinds of connector. */
    public enum Kind {
        /** Reads a source during a backup. */
        IMPORTER("importer"),
        /** Writes a destination during a restore. */
        EXPORTER("exporter"),
        /** Stores a repository. */
        STORAGE("storage");

        private final String manifestType;

        Kind(String manifestType) {
            this.manifestType = manifestType;
        }

        /** {@return the word for this kind in a manifest's {@code type}} */
        public String manifestType() {
            return manifestType;
        }
    }

    /** One connector: a kind, a protocol, the flags for the manifest, and how to make it. */
    public static final class Registration {

        private final Kind kind;
        private final String proto;
        private final Set<LocationFlag> flags;
        private final Object factory;
        private final Object authors; // the factory as the author wrote it
        private final @Nullable Class<? extends Record> config;

        private Registration(Kind kind, String proto, Set<LocationFlag> flags, Object factory, Object authors,
                @Nullable Class<? extends Record> config) {
            this.kind = kind;
            this.proto = proto;
            this.flags = Set.copyOf(flags);
            this.factory = factory;
            this.authors = authors;
            this.config = config;
        }

        private Optional<String> jarVersion() {
            return Optional.ofNullable(authors.getClass().getPackage().getImplementationVersion());
        }

        /** {@return the class that contains the factory, as the author wrote it} For tools that look for the plugin's classes. */
        public Class<?> author() {
            return authors.getClass().getNestHost();
        }

        /** {@return its kind} */
        public Kind kind() {
            return kind;
        }

        /** {@return the protocol under which hosts ask for it} */
        public String proto() {
            return proto;
        }

        /** {@return the flags that the manifest announces} */
        public Set<LocationFlag> flags() {
            return flags;
        }

        /** {@return what a user can configure, if the author declared it} Needs no connector. */
        public Optional<ConfigModel<?>> config() {
            return config == null ? Optional.empty() : Optional.of(ConfigModel.of(config));
        }

        /** {@return the factory, if this is an importer} */
        public Optional<ImporterFactory> importer() {
            return as(ImporterFactory.class);
        }

        /** {@return the factory, if this is an exporter} */
        public Optional<ExporterFactory> exporter() {
            return as(ExporterFactory.class);
        }

        /** {@return the factory, if this is a store} */
        public Optional<StoreFactory> storage() {
            return as(StoreFactory.class);
        }

        private <T> Optional<T> as(Class<T> type) {
            return type.isInstance(factory) ? Optional.of(type.cast(factory)) : Optional.empty();
        }
    }

    /** Builds a {@link Plugin}. Not for several threads. */
    public static final class Builder {

        private final String name;
        private @Nullable String version;
        private final List<Registration> registrations = new ArrayList<>();
        private final List<Rehearsal> rehearsals = new ArrayList<>();
        private final List<ErrorTable> tables = new ArrayList<>();
        private final Set<String> taken = new HashSet<>();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /**
         * Set the version of the plugin. Without it, the manifest of the jar says the version, which is enough for most plugins. In
         * a package, the version of the package counts.
         *
         * @param text a version such as {@code 1.2.0}, in one word
         * @throws IllegalArgumentException if it is empty or contains white space or control characters
         */
        public Builder version(String text) {
            if (text.isEmpty() || text.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
                throw new IllegalArgumentException(
                        "the version \"" + text + "\" is not a word such as 1.2.0: leave out spaces and line ends");
            }
            version = text;
            return this;
        }

        /** Offer an importer without flags. */
        public Builder importer(String proto, ImporterFactory factory) {
            return importer(proto, Set.of(), factory);
        }

        /** Offer an importer with flags for the manifest. */
        public Builder importer(String proto, Set<LocationFlag> flags, ImporterFactory factory) {
            return offer(Kind.IMPORTER, proto, flags, factory, factory, null);
        }

        /** Offer an importer with the configuration {@code config}, a record marked with {@link Configuration}. */
        public <C extends Record> Builder importer(String proto, Class<C> config,
                ConfiguredFactory<ConnectorContext, C, Importer> factory) {
            return importer(proto, Set.of(), config, factory);
        }

        /** Offer an importer with a configuration and flags for the manifest. */
        public <C extends Record> Builder importer(String proto, Set<LocationFlag> flags, Class<C> config,
                ConfiguredFactory<ConnectorContext, C, Importer> factory) {
            ImporterFactory bound = context -> factory.create(context, context.config().as(config));
            return offer(Kind.IMPORTER, proto, flags, bound, factory, config);
        }

        /** Offer an exporter without flags. */
        public Builder exporter(String proto, ExporterFactory factory) {
            return exporter(proto, Set.of(), factory);
        }

        /** Offer an exporter with flags for the manifest. */
        public Builder exporter(String proto, Set<LocationFlag> flags, ExporterFactory factory) {
            return offer(Kind.EXPORTER, proto, flags, factory, factory, null);
        }

        /** Offer an exporter with the configuration {@code config}, a record marked with {@link Configuration}. */
        public <C extends Record> Builder exporter(String proto, Class<C> config,
                ConfiguredFactory<ConnectorContext, C, Exporter> factory) {
            return exporter(proto, Set.of(), config, factory);
        }

        /** Offer an exporter with a configuration and flags for the manifest. */
        public <C extends Record> Builder exporter(String proto, Set<LocationFlag> flags, Class<C> config,
                ConfiguredFactory<ConnectorContext, C, Exporter> factory) {
            ExporterFactory bound = context -> factory.create(context, context.config().as(config));
            return offer(Kind.EXPORTER, proto, flags, bound, factory, config);
        }

        /** Offer a store without flags. */
        public Builder storage(String proto, StoreFactory factory) {
            return storage(proto, Set.of(), factory);
        }

        /** Offer a store with flags for the manifest. */
        public Builder storage(String proto, Set<LocationFlag> flags, StoreFactory factory) {
            return offer(Kind.STORAGE, proto, flags, factory, factory, null);
        }

        /** Offer a store with the configuration {@code config}, a record marked with {@link Configuration}. */
        public <C extends Record> Builder storage(String proto, Class<C> config,
                ConfiguredFactory<StoreContext, C, Store> factory) {
            return storage(proto, Set.of(), config, factory);
        }

        /** Offer a store with a configuration and flags for the manifest. */
        public <C extends Record> Builder storage(String proto, Set<LocationFlag> flags, Class<C> config,
                ConfiguredFactory<StoreContext, C, Store> factory) {
            StoreFactory bound = context -> factory.create(context, context.config().as(config));
            return offer(Kind.STORAGE, proto, flags, bound, factory, config);
        }

        /**
         * Explain the exceptions of a client library, from {@link #build} on and in the whole process. Several tables may be given;
         * the first one that has an exception explains it.
         */
        public Builder errors(ErrorTable table) {
            tables.add(Objects.requireNonNull(table, "table"));
            return this;
        }

        /**
         * Rehearse for the start-up cache of a package. Every later process starts sooner with the classes that {@code rehearsal}
         * uses, such as those of a client library. Only the training run calls it, when a package or its cache is made, and it has
         * some seconds. It must not need the remote system: make the client and let its first question fail, for example at a
         * closed port of loopback, and catch that failure. The build reports any other failure and goes on.
         */
        public Builder rehearsal(Rehearsal rehearsal) {
            rehearsals.add(Objects.requireNonNull(rehearsal, "rehearsal"));
            return this;
        }

        private Builder offer(Kind kind, String proto, Set<LocationFlag> flags, Object factory, Object authors,
                @Nullable Class<? extends Record> config) {
            Objects.requireNonNull(authors, "factory");
            if (!Location.isProtocol(proto)) {
                throw new IllegalArgumentException("Plakar cannot find the protocol \"" + proto
                        + "\": use at least two letters, digits or one of + - .");
            }
            if (!taken.add(kind + " " + proto)) {
                throw new IllegalArgumentException(
                        "there are two connectors of type " + kind.manifestType() + " for " + proto);
            }
            registrations.add(new Registration(kind, proto, flags, factory, authors, config));
            return this;
        }

        /**
         * {@return the plugin}
         *
         * @throws IllegalStateException if it offers nothing
         */
        public Plugin build() {
            if (registrations.isEmpty()) {
                throw new IllegalStateException("the plugin " + name + " offers no connector");
            }
            for (ErrorTable table : tables) {
                table.register();
            }
            return new Plugin(this);
        }
    }
}
