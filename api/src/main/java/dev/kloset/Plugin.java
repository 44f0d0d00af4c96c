package dev.kloset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that one executable offers. Immutable; the one place from which manifests and help are made. */
public final class Plugin {

    private final String name;
    private final List<Offer> offers;

    private Plugin(Builder builder) {
        this.name = builder.name;
        this.offers = List.copyOf(builder.offers);
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

    /** {@return all connectors, in the order in which they were added} */
    public List<Offer> offers() {
        return offers;
    }

    /** {@return the offers of one kind} */
    public List<Offer> offers(Kind kind) {
        List<Offer> found = new ArrayList<>();
        for (Offer offer : offers) {
            if (offer.kind() == kind) {
                found.add(offer);
            }
        }
        return List.copyOf(found);
    }

    /** The three kinds of connector. */
    public enum Kind {
        /** Reads a source during a backup. */
        IMPORTER("importer"),
        /** Writes a destination during a restore. */
        EXPORTER("exporter"),
        /** Keeps a repository. */
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
    public static final class Offer {

        private final Kind kind;
        private final String proto;
        private final Set<LocationFlag> flags;
        private final Object factory;
        private final @Nullable Class<? extends Record> config;

        private Offer(Kind kind, String proto, Set<LocationFlag> flags, Object factory,
                @Nullable Class<? extends Record> config) {
            this.kind = kind;
            this.proto = proto;
            this.flags = Set.copyOf(flags);
            this.factory = factory;
            this.config = config;
        }

        /** {@return which kind of connector it is} */
        public Kind kind() {
            return kind;
        }

        /** {@return the protocol under which it is asked for} */
        public String proto() {
            return proto;
        }

        /** {@return the flags that the manifest announces} */
        public Set<LocationFlag> flags() {
            return flags;
        }

        /** {@return what can be configured, if the author declared it} Needs no connector. */
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
        private final List<Offer> offers = new ArrayList<>();
        private final Set<String> taken = new HashSet<>();

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Offer an importer without flags. */
        public Builder importer(String proto, ImporterFactory factory) {
            return importer(proto, Set.of(), factory);
        }

        /** Offer an importer with flags for the manifest. */
        public Builder importer(String proto, Set<LocationFlag> flags, ImporterFactory factory) {
            return offer(Kind.IMPORTER, proto, flags, factory, null);
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
            return offer(Kind.IMPORTER, proto, flags, bound, config);
        }

        /** Offer an exporter without flags. */
        public Builder exporter(String proto, ExporterFactory factory) {
            return exporter(proto, Set.of(), factory);
        }

        /** Offer an exporter with flags for the manifest. */
        public Builder exporter(String proto, Set<LocationFlag> flags, ExporterFactory factory) {
            return offer(Kind.EXPORTER, proto, flags, factory, null);
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
            return offer(Kind.EXPORTER, proto, flags, bound, config);
        }

        /** Offer a store without flags. */
        public Builder storage(String proto, StoreFactory factory) {
            return storage(proto, Set.of(), factory);
        }

        /** Offer a store with flags for the manifest. */
        public Builder storage(String proto, Set<LocationFlag> flags, StoreFactory factory) {
            return offer(Kind.STORAGE, proto, flags, factory, null);
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
            return offer(Kind.STORAGE, proto, flags, bound, config);
        }

        private Builder offer(Kind kind, String proto, Set<LocationFlag> flags, @Nullable Object factory,
                @Nullable Class<? extends Record> config) {
            Objects.requireNonNull(factory, "factory");
            if (!Location.isProtocol(proto)) {
                throw new IllegalArgumentException("Plakar cannot find the protocol \"" + proto
                        + "\": use at least two letters, digits or one of + - .");
            }
            if (!taken.add(kind + " " + proto)) {
                throw new IllegalArgumentException(
                        "there are two connectors of type " + kind.manifestType() + " for " + proto);
            }
            offers.add(new Offer(kind, proto, flags, factory, config));
            return this;
        }

        /**
         * {@return the plugin}
         *
         * @throws IllegalStateException if it offers nothing
         */
        public Plugin build() {
            if (offers.isEmpty()) {
                throw new IllegalStateException("the plugin " + name + " offers no connector");
            }
            return new Plugin(this);
        }
    }
}
