package dev.kloset.sdk;

import dev.kloset.sdk.Offering.Offered;
import dev.kloset.support.Sentence;
import dev.kloset.wire.stdio.StandardPipes;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Does what a plugin process does for a host, without one, so that the JVM can record which classes it takes.
 *
 * <p>Only connectors with a location are made. For the others a sample connector takes their place, which trains everything
 * but themselves: nothing remote must ever be surprised by a training.
 */
final class Training {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** If the process does not end by itself even then, something in it hangs on the way out. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(60);

    private final Offering offering;
    private final List<TrainingLocation> locations;
    private final Consumer<String> debug;

    private Training(Offering offering, List<TrainingLocation> locations, Consumer<String> debug) {
        this.offering = offering;
        this.locations = locations;
        this.debug = debug;
    }

    /** Train, within 15 seconds. What fails is told to {@code debug}, a line each, and to nobody else. */
    static void run(Offering offering, List<TrainingLocation> locations, Consumer<String> debug)
            throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().name("kloset-end").start(Training::haltSoon);
        try (TrainingDirectory directory = TrainingDirectory.create()) {
            List<TrainingLocation> places = new ArrayList<>();
            for (TrainingLocation location : locations) {
                places.add(location.below(directory.path().toString()));
            }
            Training training = new Training(offering, places, debug);
            Thread work = Thread.ofVirtual().name("training").start(training::everything);
            if (!work.join(LIMIT)) {
                debug.accept("the training was not finished within " + LIMIT.toSeconds() + " s");
                Interruption.of(work);
            }
        }
    }

    private void everything() {
        step("the pipes", Training::pipes);
        step("the life of a process", () -> PluginMain.rehearse(offering.services()));
        for (Offered connector : offering.connectors()) {
            TrainingLocation sample = new TrainingLocation(connector.kind(), "sample://x");
            with(SampleConnector.services(connector.kind()), sample);
            for (TrainingLocation location : locations) {
                if (location.isFor(connector)) {
                    with(offering.services(), location);
                }
            }
        }
    }

    private void with(Services services, TrainingLocation location) {
        step(location.kind().manifestType() + " " + location.location(), () -> {
            try (TrainingHost host = new TrainingHost(services)) {
                switch (location.kind()) {
                    case IMPORTER -> new ImportTraining(host, location).run();
                    case EXPORTER -> new ExportTraining(host, location).run();
                    case STORAGE -> new StoreTraining(host, location, this::step).run();
                }
            }
        });
    }

    /** The pipes of a real process are files with names. */
    private static void pipes() throws IOException {
        StandardPipes.startedAtTerminal();
        StandardPipes.claim();
        try (FileInputStream in = new FileInputStream("/dev/null");
                FileOutputStream out = new FileOutputStream("/dev/null", true)) {
            out.write(in.readAllBytes());
        }
    }

    /** Something to try. */
    interface Step {
        void run() throws Exception;
    }

    private void step(String name, Step step) {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            debug.accept("training with " + name + " failed: " + Sentence.of(e));
        }
    }

    private static void haltSoon() {
        try {
            Thread.sleep(LAST_MOMENT);
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; ending sooner would do no harm.
        }
        Runtime.getRuntime().halt(1);
    }
}
