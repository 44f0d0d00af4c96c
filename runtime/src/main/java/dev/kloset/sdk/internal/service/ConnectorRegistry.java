package dev.kloset.sdk.internal.service;

import dev.kloset.ConfigModel;
import dev.kloset.LocationFlag;
import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.Plugin.Registration;
import dev.kloset.Plugin.Rehearsal;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.version.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything that a plugin process can do for a host. Each host has services of its own. */
public final class ConnectorRegistry {

    /**
     * One connector.
     *
     * @param proto null if the connector serves any protocol that the host asks for
     * @param offer null if the process has no {@link Plugin}
     * @param only the factory of a process without a {@link Plugin}
     */
    public record Entry(Kind kind, @Nullable String proto, Set<LocationFlag> flags, @Nullable Registration offer,
            @Nullable Object only) {

        /** {@return an importer's, exporter's or store's factory, by the kind} */
        public Object factory() {
            return offer == null ? Objects.requireNonNull(only, "only") : switch (kind) {
                case IMPORTER -> offer.importer().orElseThrow();
                case EXPORTER -> offer.exporter().orElseThrow();
                case STORAGE -> offer.storage().orElseThrow();
            };
        }

        /** {@return what a user can configure, if the author declared it} Loads the model. */
        public Optional<ConfigModel<?>> config() {
            return offer == null ? Optional.empty() : offer.config();
        }

        /** {@return the class that contains the author's factory} */
        public Class<?> author() {
            return offer == null ? factory().getClass().getNestHost() : offer.author();
        }

        public boolean serves(String other) {
            return proto == null || proto.equals(other);
        }
    }

    private final Versions versions;
    private final List<Entry> connectors;
    private final List<Rehearsal> rehearsals;
    private final Function<HostContext, Services> services;

    private ConnectorRegistry(Versions versions, List<Entry> connectors, List<Rehearsal> rehearsals,
            Function<HostContext, Services> services) {
        this.rehearsals = rehearsals;
        this.versions = versions;
        this.connectors = List.copyOf(connectors);
        this.services = services;
    }

    public static ConnectorRegistry of(Plugin plugin) {
        List<Entry> connectors = new ArrayList<>();
        for (Registration registration : plugin.registrations()) {
            connectors.add(
                    new Entry(registration.kind(), registration.proto(), registration.flags(), registration, null));
        }
        return new ConnectorRegistry(new Versions(plugin), connectors, plugin.rehearsals(),
                host -> Services.of(plugin, host));
    }

    /** {@return the registry of a process with one connector and no {@link Plugin}} */
    public static ConnectorRegistry of(Kind kind, Object factory, Function<HostContext, Services> services) {
        return new ConnectorRegistry(new Versions(null), List.of(new Entry(kind, null, Set.of(), null, factory)),
                List.of(), services);
    }

    /** {@return what runs here} The plugin has no name if the process has no {@link Plugin}. */
    public Versions versions() {
        return versions;
    }

    /** {@return the connectors, in the order of the plugin} */
    public List<Entry> connectors() {
        return connectors;
    }

    /** {@return what the author does for a training run} */
    public List<Rehearsal> rehearsals() {
        return rehearsals;
    }

    /** {@return what a user can configure, a line each} */
    public static List<String> options(Optional<ConfigModel<?>> configuration) {
        if (configuration.isEmpty()) {
            return List.of("its options are unchecked: it declares none and gets what the user writes");
        }
        List<String> lines = new ArrayList<>(configuration.get().help());
        if (configuration.get().takesOthers()) {
            lines.add("other options are passed on");
        }
        return lines;
    }

    /** {@return unused services for this host} */
    public Services services(HostContext host) {
        return services.apply(host);
    }
}
