package dev.kloset.sdk.internal.observe;

import dev.kloset.support.Sentence;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/**
 * The files of this JVM's recordings. The JVM writes them itself when it ends, but the host may leave no time for that.
 * Recordings without a file are left to the JVM. No recording gets the messages of exceptions: libraries repeat secrets in them,
 * and what the JVM records cannot be redacted.
 */
public final class FlightRecordings implements FlightRecorderListener {

    /** How long the host, or the end of the process, may wait for a recording that the user asked for. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<Long, Path> destinations = new ConcurrentHashMap<>(); // of recordings that were saved, by their ids

    /** From now on recordings omit the messages of exceptions, including recordings that begin later. */
    void begin() {
        FlightRecorder.addListener(this);
        FlightRecorder.getFlightRecorder().getRecordings().forEach(this::recordingStateChanged);
    }

    @Override
    public void recordingStateChanged(Recording recording) {
        if (recording.getState() == RecordingState.RUNNING) {
            recording.disable("jdk.JavaExceptionThrow");
            recording.disable("jdk.JavaErrorThrow");
        }
    }

    /** Write what has been recorded so far. */
    void save() throws InterruptedException {
        Thread.ofPlatform().daemon().name("kloset-flight").start(this::saveAll).join(PATIENCE);
    }

    private synchronized void saveAll() {
        for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
            if (recording.getState() == RecordingState.RUNNING) {
                save(recording);
            }
        }
    }

    private void save(Recording recording) {
        Path wanted = recording.getDestination();
        Path destination = wanted == null ? destinations.get(recording.getId()) : wanted;
        if (destination == null) {
            return;
        }
        try {
            write(recording, destination);
            destinations.put(recording.getId(), destination);
        } catch (IOException | IllegalStateException e) {
            System.getLogger("dev.kloset.sdk")
                    .log(Level.WARNING,
                            "cannot write the flight recording " + destination + ": " + Sentence.of(e));
        }
    }

    /**
     * From then on the file is ours: at its end the JVM would write everything a second time. The file is moved into place
     * because the host may kill us half-way.
     */
    private static void write(Recording recording, Path destination) throws IOException {
        Path fresh = destination.resolveSibling(destination.getFileName() + ".new");
        recording.dump(fresh);
        Files.move(fresh, destination, StandardCopyOption.REPLACE_EXISTING);
        recording.setDumpOnExit(false);
        recording.setDestination(null);
    }
}
