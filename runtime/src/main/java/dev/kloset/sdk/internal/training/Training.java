package dev.kloset.sdk.internal.training;

import dev.kloset.Plugin;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.service.ConnectorRegistry;
import dev.kloset.sdk.internal.service.ConnectorRegistry.Entry;
import dev.kloset.sdk.internal.service.Interruption;
import dev.kloset.sdk.internal.service.Services;
import dev.kloset.support.Sentence;
import dev.kloset.wire.frame.HpackDecoder;
import dev.kloset.wire.stdio.StandardPipes;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Does what a plugin process does for a host, without a host, so that the JVM can record the classes that it needs.
 *
 * <p>Only connectors with a location are made. A sample connector takes the place of the others, which trains everything but
 * themselves: a training must never surprise a remote system. What the author adds as {@link Plugin.Rehearsal} trains them.
 */
public final class Training {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    /** If the process has not ended by itself even then, something in it hangs on the way out. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(60);

    /** The field ":path" of the static table with the value "a" in one byte of Huffman's code. */
    private static final byte[] COMPRESSED = { 0x04, (byte) 0x81, 0x1F };

    private final ConnectorRegistry registry;
    private final List<TrainingLocation> locations;
    private final Rehearsal rehearsal;
    private final Consumer<String> debug;

    private Training(ConnectorRegistry registry, List<TrainingLocation> locations, Rehearsal rehearsal,
            Consumer<String> debug) {
        this.registry = registry;
        this.locations = locations;
        this.rehearsal = rehearsal;
        this.debug = debug;
    }

    /** Does once everything that a process does around its calls. */
    public interface Rehearsal {
        void of(Services services) throws IOException, InterruptedException;
    }

    /** Train, within 15 seconds. Failures go to {@code debug}, a line each, and nowhere else. */
    public static void run(ConnectorRegistry registry, List<TrainingLocation> locations, Rehearsal rehearsal,
            Consumer<String> debug)
            throws IOException, InterruptedException {
        Thread.ofPlatform().daemon().name("kloset-end").start(Training::haltSoon);
        try (TrainingDirectory directory = TrainingDirectory.create()) {
            List<TrainingLocation> places = new ArrayList<>();
            for (TrainingLocation location : locations) {
                places.add(location.below(directory.path().toString()));
            }
            Training training = new Training(registry, places, rehearsal, debug);
            Thread work = Thread.ofVirtual().name("training").start(training::everything);
            if (!work.join(LIMIT)) {
                debug.accept("the training was not finished within " + LIMIT.toSeconds() + " s");
                Interruption.of(work);
            }
        }
    }

    private void everything() {
        step("the pipes", Training::pipes);
        step("header fields", Training::headerFields);
        step("the life of a process", () -> rehearsal.of(registry.services(new HostContext())));
        for (Plugin.Rehearsal own : registry.rehearsals()) {
            step("the plugin's rehearsal", own::run);
        }
        for (Entry connector : registry.connectors()) {
            TrainingLocation sample = new TrainingLocation(connector.kind(), "sample://x");
            with(SampleConnector.services(connector.kind()), sample);
            for (TrainingLocation location : locations) {
                if (location.isFor(connector)) {
                    with(registry.services(new HostContext()), location);
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

    /** Hosts that use grpc-go compress header fields; ours, which the rest of a training uses, does not. */
    private static void headerFields() throws IOException {
        new HpackDecoder(COMPRESSED.length * Byte.SIZE).decode(COMPRESSED, 0, COMPRESSED.length);
    }

    /** A step to try. */
    interface Step {
        void run() throws Exception;
    }

    private void step(String name, Step step) {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | LinkageError e) {
            debug.accept("training with " + name + " failed: " + Sentence.of(e));
        }
    }

    private static void haltSoon() {
        try {
            Thread.sleep(LAST_MOMENT);
        } catch (InterruptedException e) {
            // No code interrupts this thread; ending sooner would do no harm.
        }
        Runtime.getRuntime().halt(1);
    }
}
