package dev.kloset.sdk.internal.service;

import dev.kloset.ConnectorConfig;
import dev.kloset.ExporterFactory;
import dev.kloset.ImporterFactory;
import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.Plugin.Registration;
import dev.kloset.StoreFactory;
import dev.kloset.sdk.internal.failure.StatusMapper;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.observe.Observers;
import dev.kloset.sdk.internal.version.Versions;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.CallRouter;
import dev.kloset.wire.grpc.ReadyAnswers;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All services of one plugin process: finds the handler of a call, and ends everything when the host is gone. Every start makes
 * and queries it, so it avoids what is slow the first time: streams, and maps of enums, which call by reflection.
 */
public final class Services implements CallRouter {

    private final Map<Kind, Service> services = new LinkedHashMap<>();
    private final HostContext host;
    private final Observers observers;
    private final StatusMapper statuses;
    private final Versions versions;
    private final Supplier<List<String>> description;

    private Services(HostContext host, @Nullable Plugin plugin, Supplier<List<String>> description) {
        this.host = host;
        this.versions = new Versions(plugin);
        this.observers = new Observers(host);
        this.statuses = new StatusMapper(host);
        this.description = description;
    }

    public static Services importer(ImporterFactory factory, HostContext host) {
        Services all = new Services(host, null, () -> List.of("an importer"));
        return all.add(Kind.IMPORTER, new ImporterService(all.observers, factory));
    }

    public static Services exporter(ExporterFactory factory, HostContext host) {
        Services all = new Services(host, null, () -> List.of("an exporter"));
        return all.add(Kind.EXPORTER, new ExporterService(all.observers, factory));
    }

    public static Services storage(StoreFactory factory, HostContext host) {
        Services all = new Services(host, null, () -> List.of("a store"));
        return all.add(Kind.STORAGE, new StoreService(all.observers, factory));
    }

    public static Services of(Plugin plugin, HostContext host) {
        Services all = new Services(host, plugin, () -> describe(plugin));
        for (Kind kind : Kind.values()) {
            if (!plugin.registrations(kind).isEmpty()) {
                all.add(kind, all.service(plugin, kind));
            }
        }
        return all;
    }

    private static List<String> describe(Plugin plugin) {
        List<String> lines = new ArrayList<>();
        for (Registration registration : plugin.registrations()) {
            lines.add(registration.kind().manifestType() + " " + registration.proto() + "://");
            ConnectorRegistry.options(registration.config()).forEach(line -> lines.add("    " + line));
        }
        return lines;
    }

    private Service service(Plugin plugin, Kind kind) {
        return switch (kind) {
            case IMPORTER -> new ImporterService(observers,
                    context -> find(plugin, kind, context.proto(), context.config(), Registration::importer)
                            .create(context));
            case EXPORTER -> new ExporterService(observers,
                    context -> find(plugin, kind, context.proto(), context.config(), Registration::exporter)
                            .create(context));
            case STORAGE -> new StoreService(observers,
                    context -> find(plugin, kind, context.proto(), context.config(), Registration::storage)
                            .create(context));
        };
    }

    /** The author's declaration says which settings are secret, so it is read before anything can fail. */
    private <F> F find(Plugin plugin, Kind kind, String proto, ConnectorConfig config,
            Function<Registration, Optional<F>> factory) throws StatusException {
        List<Registration> registrations = plugin.registrations(kind);
        for (Registration registration : registrations) {
            if (registration.proto().equals(proto)) {
                host.secrets().learn(config.values(), registration.config().orElse(null));
                return factory.apply(registration).orElseThrow();
            }
        }
        throw new StatusException(StatusCode.INVALID_ARGUMENT,
                "the plugin " + plugin.name() + " has no " + kind.manifestType() + " for the protocol \"" + proto
                        + "\"; it has "
                        + registrations.stream().map(Registration::proto).collect(Collectors.joining(", ")));
    }

    private Services add(Kind kind, Service service) {
        services.put(kind, service);
        return this;
    }

    /**
     * Serve one kind only.
     *
     * @return whether this plugin has that kind
     */
    public boolean restrictTo(Kind kind) {
        // No lambda: a training does not come here, so none would be in a start-up cache.
        for (Iterator<Kind> kinds = services.keySet().iterator(); kinds.hasNext();) {
            if (kinds.next() != kind) {
                kinds.remove();
            }
        }
        return !services.isEmpty();
    }

    /** {@return what the plugin offers and how to configure it, in lines} Only for a person: it is slow. */
    public List<String> describe() {
        return description.get();
    }

    /** {@return what serves the host} */
    public Versions versions() {
        return versions;
    }

    /** {@return the observers of everything that is done for the host} */
    public Observers observers() {
        return observers;
    }

    @Override
    public @Nullable CallHandler route(String path) {
        for (Service service : services.values()) {
            if (path.startsWith(service.pathPrefix())) {
                CallHandler handler = service.handler(path.substring(service.pathPrefix().length()));
                return handler == null ? null : observers.call(path, statuses.guarded(handler));
            }
        }
        return null;
    }

    /** While the host is observed, handlers answer everything, since it is they that are observed. */
    @Override
    public @Nullable ReadyAnswers ready(String path) {
        for (Service service : services.values()) {
            if (path.startsWith(service.pathPrefix())) {
                ReadyAnswers answers = service.ready(path.substring(service.pathPrefix().length()));
                return answers == null || observers.areThere() ? null : answers;
            }
        }
        return null;
    }

    /** Wait for the handlers, which are cancelled by now, and close the connectors, all within {@code limit}. */
    public void end(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        host.enter();
        try {
            for (Service service : services.values()) {
                service.end(Duration.ofNanos(deadline - System.nanoTime()));
            }
        } finally {
            host.leave();
        }
    }
}
