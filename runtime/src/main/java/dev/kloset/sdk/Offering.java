package dev.kloset.sdk;

import dev.kloset.ConfigModel;
import dev.kloset.LocationFlag;
import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.Plugin.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a plugin process can do for a host. Each host is served by services of its own. */
final class Offering {

    /**
     * One connector.
     *
     * @param proto null if the connector serves whatever protocol the host asks for
     * @param offer null if the process was not given a {@link Plugin}
     * @param only the factory of a process that was not given one
     */
    record Offered(Kind kind, @Nullable String proto, Set<LocationFlag> flags, @Nullable Offer offer,
            @Nullable Object only) {

        /** {@return an importer's, exporter's or store's factory, by the kind} */
        Object factory() {
            return offer == null ? Objects.requireNonNull(only, "only") : switch (kind) {
                case IMPORTER -> offer.importer().orElseThrow();
                case EXPORTER -> offer.exporter().orElseThrow();
                case STORAGE -> offer.storage().orElseThrow();
            };
        }

        /** {@return what can be configured, if the author declared it} Loads the model. */
        Optional<ConfigModel<?>> config() {
            return offer == null ? Optional.empty() : offer.config();
        }

        boolean serves(String other) {
            return proto == null || proto.equals(other);
        }
    }

    private final @Nullable String name;
    private final List<Offered> connectors;
    private final Supplier<Services> services;

    private Offering(@Nullable String name, List<Offered> connectors, Supplier<Services> services) {
        this.name = name;
        this.connectors = List.copyOf(connectors);
        this.services = services;
    }

    static Offering of(Plugin plugin) {
        List<Offered> connectors = new ArrayList<>();
        for (Offer offer : plugin.offers()) {
            connectors.add(new Offered(offer.kind(), offer.proto(), offer.flags(), offer, null));
        }
        return new Offering(plugin.name(), connectors, () -> Services.of(plugin));
    }

    /** {@return the offering of a process with one connector and no {@link Plugin}} */
    static Offering of(Kind kind, Object factory, Supplier<Services> services) {
        return new Offering(null, List.of(new Offered(kind, null, Set.of(), null, factory)), services);
    }

    /** {@return the name of the plugin, or null if the process was not given a {@link Plugin}} */
    @Nullable
    String name() {
        return name;
    }

    /** {@return the connectors, in the order of the plugin} */
    List<Offered> connectors() {
        return connectors;
    }

    /** {@return services that have not served anybody yet} */
    Services services() {
        return services.get();
    }
}
