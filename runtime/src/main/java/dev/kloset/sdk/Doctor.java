package dev.kloset.sdk;

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
import dev.kloset.sdk.CheckUp.CannotTellException;
import dev.kloset.sdk.Offering.Offered;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Looks at one connector with the settings of a user: what works, what does not, and what nobody can know. */
final class Doctor {

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Offered connector;
    private final Map<String, String> settings;
    private final CheckUp checkUp;

    /**
     * Look at a connector.
     *
     * @param settings as the user wrote them
     * @param limit for each step
     */
    Doctor(Offered connector, Map<String, String> settings, Duration limit) {
        this.connector = connector;
        this.settings = new HashMap<>(settings);
        this.checkUp = new CheckUp(limit);
    }

    /** Make the connector, try what can be tried without leaving anything behind, and close it. */
    List<Finding> findings() throws InterruptedException {
        Location location = absolute(Location.parse(settings.getOrDefault("location", "")));
        settings.put("location", location.toString());
        ConnectorConfig config = ReceivedConfig.of(connector.kind().manifestType(), location.proto(), settings).use();
        HiddenSecrets.ofThisProcess().learn(settings, connector.config().orElse(null));
        checkUp.step("settings", () -> settings(config));
        AtomicReference<Connector> made = new AtomicReference<>();
        checkUp.step("start", () -> {
            made.set(make(location.proto(), config));
            return "";
        });
        Connector started = made.get();
        if (started != null) {
            try {
                lookAt(started);
            } catch (RuntimeException e) {
                // Of diagnosis() or of root(), which are not asked within a step.
                checkUp.attempt("description", checkUp.limit(), () -> {
                    throw e;
                });
            }
            checkUp.attempt("close", CLOSE_PATIENCE, () -> {
                started.close();
                return "";
            });
        } else {
            checkUp.skip("everything else", "because there is no connector");
        }
        return checkUp.findings();
    }

    private String settings(ConnectorConfig config) throws Exception {
        if (connector.config().isEmpty()) {
            throw new CannotTellException("the connector declares no options, so nobody can tell a wrong one");
        }
        connector.config().get().bind(config);
        return "";
    }

    /** As the host does it for connectors that say that they work on files of this machine. */
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
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return Options.builder()
                .hostname("localhost")
                .operatingSystem(system.startsWith("mac") ? "darwin" : system.startsWith("win") ? "windows" : system)
                .architecture(System.getProperty("os.arch", "").replace("aarch64", "arm64").replace("x86_64", "amd64"))
                .cwd(Path.of("").toAbsolutePath().toString())
                .maxConcurrency(2)
                .build();
    }

    private void lookAt(Connector started) throws InterruptedException {
        List<DiagnosisStep> steps = started.diagnosis();
        for (DiagnosisStep step : steps) {
            checkUp.step(step.name(), () -> {
                step.check().run();
                return "";
            });
        }
        switch (started) {
            case Importer importer -> new ImportCheckUp(importer, checkUp).run();
            case Store store -> new StoreCheckUp(store, checkUp).run();
            default -> {
            }
        }
        if (!(started instanceof Importer)
                && steps.stream().noneMatch(step -> step.name().equals(DiagnosisStep.WRITING))) {
            checkUp.skip(DiagnosisStep.WRITING, started instanceof Exporter
                    ? "an exporter cannot remove what it has written, so nothing was written"
                    : "a store cannot undo the creation of a repository, and one that exists is not touched");
        }
    }
}
