package dev.kloset.sdk.internal.doctor;

import dev.kloset.Content;
import dev.kloset.Importer;
import dev.kloset.sdk.internal.doctor.DiagnosisRun.CannotTellException;
import dev.kloset.sdk.internal.failure.FailureHolder;
import dev.kloset.sdk.internal.service.Interruption;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks an importer: lists the beginning of the source and reads the beginning of a file in it. */
final class ImportDiagnosis {

    private static final int READ_BYTES = 64 * 1024;
    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

    private final Importer importer;
    private final DiagnosisRun diagnosis;
    private final SamplingSink first;
    private volatile @Nullable Thread listing;

    ImportDiagnosis(Importer importer, DiagnosisRun diagnosis) {
        this.importer = importer;
        this.diagnosis = diagnosis;
        this.first = new SamplingSink(importer.root());
    }

    void run() throws InterruptedException {
        diagnosis.step("first listing", this::list);
        diagnosis.step("first read", this::read);
        Thread running = listing;
        if (running != null) {
            running.join(LAST_MOMENT);
        }
    }

    private String list() throws Exception {
        FailureHolder failure = new FailureHolder();
        Thread thread = Thread.ofVirtual().name("doctor: import").start(() -> {
            failure.of(() -> importer.importRecords(first));
            first.ended();
        });
        listing = thread;
        try {
            // Half of the time, so that what it has seen by then counts.
            Duration patience = diagnosis.limit().dividedBy(2);
            boolean done = first.await(patience);
            boolean stopped = first.stop();
            if (done && !stopped) {
                failure.rethrow();
            }
            return first.summary(done, patience);
        } finally {
            // An importer whose records were enough may still wait for something.
            Interruption.of(thread);
        }
    }

    private String read() throws Exception {
        Optional<SamplingSink.ReadableFile> file = first.readable();
        if (file.isEmpty()) {
            throw new CannotTellException("there is no file with content among the records of the first listing");
        }
        Content content = file.get().content();
        try (InputStream in = content.open()) {
            int count = in.readNBytes(READ_BYTES).length;
            return count + (count == 1 ? " byte of " : " bytes of ") + file.get().pathname();
        } catch (IOException e) {
            throw new IOException("cannot read " + file.get().pathname() + ": " + diagnosis.sentence(e), e);
        }
    }
}
