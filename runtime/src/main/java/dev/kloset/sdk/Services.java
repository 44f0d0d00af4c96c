package dev.kloset.sdk;

import dev.kloset.ConnectorConfig;
import dev.kloset.ExporterFactory;
import dev.kloset.ImporterFactory;
import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.Plugin.Offer;
import dev.kloset.StoreFactory;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.CallRouter;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All services of one plugin process: finds the handler of a call, and ends everything when the host is gone. Made and asked in
 * every start, so without what is slow the first time: streams, and maps of enums, which call by reflection.
 */
final class Services implements CallRouter {

    private final Map<Kind, Service> services = new LinkedHashMap<>();
    private final Supplier<List<String>> description;

    private Services(Supplier<List<String>> description) {
        this.description = description;
    }

    static Services importer(ImporterFactory factory) {
        return new Services(() -> List.of("an importer")).add(Kind.IMPORTER, new ImporterService(factory));
    }

    static Services exporter(ExporterFactory factory) {
        return new Services(() -> List.of("an exporter")).add(Kind.EXPORTER, new ExporterService(factory));
    }

    static Services storage(StoreFactory factory) {
        return new Services(() -> List.of("a store")).add(Kind.STORAGE, new StoreService(factory));
    }

    static Services of(Plugin plugin) {
        Services all = new Services(() -> describe(plugin));
        for (Kind kind : Kind.values()) {
            if (!plugin.offers(kind).isEmpty()) {
                all.add(kind, service(plugin, kind));
            }
        }
        return all;
    }

    private static List<String> describe(Plugin plugin) {
        List<String> lines = new ArrayList<>();
        for (Offer offer : plugin.offers()) {
            lines.add(offer.kind().manifestType() + " " + offer.proto() + "://");
            About.options(offer.config()).forEach(line -> lines.add("    " + line));
        }
        return lines;
    }

    private static Service service(Plugin plugin, Kind kind) {
        return switch (kind) {
            case IMPORTER -> new ImporterService(
                    context -> find(plugin, kind, context.proto(), context.config(), Offer::importer).create(context));
            case EXPORTER -> new ExporterService(
                    context -> find(plugin, kind, context.proto(), context.config(), Offer::exporter).create(context));
            case STORAGE -> new StoreService(
                    context -> find(plugin, kind, context.proto(), context.config(), Offer::storage).create(context));
        };
    }

    /** The author's declaration says which settings are secret, so it is asked before anything can fail. */
    private static <F> F find(Plugin plugin, Kind kind, String proto, ConnectorConfig config,
            Function<Offer, Optional<F>> factory) throws StatusException {
        List<Offer> offers = plugin.offers(kind);
        for (Offer offer : offers) {
            if (offer.proto().equals(proto)) {
                HiddenSecrets.ofThisProcess().learn(config.values(), offer.config().orElse(null));
                return factory.apply(offer).orElseThrow();
            }
        }
        throw new StatusException(StatusCode.INVALID_ARGUMENT,
                "the plugin " + plugin.name() + " has no " + kind.manifestType() + " for the protocol \"" + proto
                        + "\"; it has " + offers.stream().map(Offer::proto).collect(Collectors.joining(", ")));
    }

    private Services add(Kind kind, Service service) {
        services.put(kind, service);
        return this;
    }

    /** Serve one kind only. {@return whether this plugin has that kind} */
    boolean restrictTo(Kind kind) {
        services.keySet().removeIf(other -> other != kind);
        return !services.isEmpty();
    }

    /** {@return what is offered and how it is configured, in lines} Only for a person: it takes its time. */
    List<String> describe() {
        return description.get();
    }

    @Override
    public @Nullable CallHandler route(String path) {
        for (Service service : services.values()) {
            if (path.startsWith(service.pathPrefix())) {
                CallHandler handler = service.handler(path.substring(service.pathPrefix().length()));
                return handler == null ? null : Observers.call(path, handler);
            }
        }
        return null;
    }

    /** Wait for handlers, which are cancelled by now, and close the connectors; all of it within {@code limit}. */
    void end(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Service service : services.values()) {
            service.end(Duration.ofNanos(deadline - System.nanoTime()));
        }
    }
}
