package dev.kloset.sdk.internal.doctor;

import dev.kloset.Connector;
import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.DiagnosisStep;
import dev.kloset.Exporter;
import dev.kloset.ExporterFactory;
import dev.kloset.Importer;
import dev.kloset.ImporterFactory;
import dev.kloset.Location;
import dev.kloset.LocationFlag;
import dev.kloset.Options;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import dev.kloset.StoreFactory;
import dev.kloset.internal.GoNames;
import dev.kloset.sdk.internal.doctor.DiagnosisRun.CannotTellException;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.log.ReceivedConfig;
import dev.kloset.sdk.internal.service.ConnectorRegistry.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Checks one connector with a user's settings: what works, what does not, and what cannot be known. */
final class Doctor {

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Entry connector;
    private final Map<String, String> settings;
    private final DiagnosisRun diagnosis;

    /**
     * Prepare to check a connector.
     *
     * @param settings as the user wrote them
     * @param limit for each step
     */
    Doctor(Entry connector, Map<String, String> settings, Duration limit) {
        this.connector = connector;
        this.settings = new HashMap<>(settings);
        this.diagnosis = new DiagnosisRun(limit);
    }

    /** Make the connector, try everything that leaves nothing behind, and close it. */
    List<Finding> findings() throws InterruptedException {
        Location location = absolute(Location.parse(settings.getOrDefault("location", "")));
        settings.put("location", location.toString());
        ReceivedConfig received = ReceivedConfig.of(connector.kind().manifestType(), location.proto(), settings);
        HostContext user = HostContext.ofThisProcess(); // nothing else is served
        received.register(user);
        ConnectorConfig config = received.config();
        user.secrets().learn(settings, connector.config().orElse(null));
        diagnosis.step("settings", () -> settings(config));
        if (connector.config().isPresent()) {
            JarsDiagnosis.run(connector.config().get(), config, diagnosis);
        }
        AtomicReference<Connector> made = new AtomicReference<>();
        diagnosis.step("start", () -> {
            made.set(make(location.proto(), config));
            return "";
        });
        Connector started = made.get();
        if (started != null) {
            try {
                lookAt(started);
            } catch (RuntimeException e) {
                // From diagnosis() or root(), which are not called within a step.
                diagnosis.attempt("description", diagnosis.limit(), () -> {
                    throw e;
                });
            }
            diagnosis.attempt("close", CLOSE_PATIENCE, () -> {
                started.close();
                return "";
            });
        } else {
            diagnosis.skip("everything else", "because there is no connector");
        }
        return diagnosis.findings();
    }

    private String settings(ConnectorConfig config) throws Exception {
        if (connector.config().isEmpty()) {
            throw new CannotTellException("the connector declares no options, so a wrong one cannot be recognised");
        }
        connector.config().get().bind(config);
        return "";
    }

    /** Does what the host does for connectors that declare that they work on files of this machine. */
    private Location absolute(Location location) {
        return connector.flags().contains(LocationFlag.LOCALFS) && !location.path().startsWith("/")
                ? new Location(location.proto(), Path.of(location.path()).toAbsolutePath().toString())
                : location;
    }

    private Connector make(String proto, ConnectorConfig config) throws Exception {
        return switch (connector.factory()) {
            case ImporterFactory factory -> factory.create(ConnectorContext.of(proto, config, options()));
            case ExporterFactory factory -> factory.create(ConnectorContext.of(proto, config, options()));
            case StoreFactory factory -> factory.create(StoreContext.of(proto, config));
            default -> throw new IllegalStateException("a connector without a factory");
        };
    }

    private static Options options() {
        return Options.builder()
                .hostname("localhost")
                .operatingSystem(GoNames.operatingSystem(System.getProperty("os.name", "")))
                .architecture(GoNames.architecture(System.getProperty("os.arch", "")))
                .cwd(Path.of("").toAbsolutePath().toString())
                .maxConcurrency(2)
                .build();
    }

    private void lookAt(Connector started) throws InterruptedException {
        List<DiagnosisStep> steps = started.diagnosis();
        for (DiagnosisStep step : steps) {
            diagnosis.step(step.name(), () -> {
                step.check().run();
                return "";
            });
        }
        switch (started) {
            case Importer importer -> new ImportDiagnosis(importer, diagnosis).run();
            case Store store -> new StoreDiagnosis(store, diagnosis).run();
            default -> {
            }
        }
        if (!(started instanceof Importer)
                && steps.stream().noneMatch(step -> step.name().equals(DiagnosisStep.WRITING))) {
            diagnosis.skip(DiagnosisStep.WRITING, started instanceof Exporter
                    ? "an exporter cannot remove what it has written, so nothing was written"
                    : "a store cannot undo the creation of a repository, and one that exists is not touched");
        }
    }
}
