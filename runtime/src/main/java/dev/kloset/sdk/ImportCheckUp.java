package dev.kloset.sdk;

import dev.kloset.Content;
import dev.kloset.Importer;
import dev.kloset.sdk.CheckUp.CannotTellException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at an importer: lists the beginning of the source and reads the beginning of a file in it. */
final class ImportCheckUp {

    private static final int READ_BYTES = 64 * 1024;
    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

    private final Importer importer;
    private final CheckUp checkUp;
    private final FirstRecords first;
    private volatile @Nullable Thread listing;

    ImportCheckUp(Importer importer, CheckUp checkUp) {
        this.importer = importer;
        this.checkUp = checkUp;
        this.first = new FirstRecords(importer.root());
    }

    void run() throws InterruptedException {
        checkUp.step("first listing", this::list);
        checkUp.step("first read", this::read);
        Thread running = listing;
        if (running != null) {
            running.join(LAST_MOMENT);
        }
    }

    private String list() throws Exception {
        Failure failure = new Failure();
        Thread thread = Thread.ofVirtual().name("doctor: import").start(() -> {
            failure.of(() -> importer.importRecords(first));
            first.ended();
        });
        listing = thread;
        try {
            // Half of the time, so that what was seen until then counts.
            Duration patience = checkUp.limit().dividedBy(2);
            boolean done = first.await(patience);
            boolean stopped = first.stop();
            if (done && !stopped) {
                failure.rethrow();
            }
            return first.summary(done, patience);
        } finally {
            // An importer that has seen enough of it may still wait for something.
            Interruption.of(thread);
        }
    }

    private String read() throws Exception {
        Optional<FirstRecords.ReadableFile> file = first.readable();
        if (file.isEmpty()) {
            throw new CannotTellException("there is no file with content among the records of the first listing");
        }
        Content content = file.get().content();
        try (InputStream in = content.open()) {
            int count = in.readNBytes(READ_BYTES).length;
            return count + (count == 1 ? " byte of " : " bytes of ") + file.get().pathname();
        } catch (IOException e) {
            throw new IOException("cannot read " + file.get().pathname() + ": " + StatusMapper.sentence(e), e);
        }
    }
}
