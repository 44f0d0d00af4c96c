package dev.kloset.sdk.internal.doctor;

import dev.kloset.ErrorKind;
import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreMode;
import dev.kloset.sdk.internal.doctor.DiagnosisRun.CannotTellException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Checks a store: its mode, and the repository in it if there is one. Writes nothing. */
final class StoreDiagnosis {

    private static final int READ_BYTES = 64 * 1024;

    private final Store store;
    private final DiagnosisRun diagnosis;
    private boolean there; // whether there is a repository

    StoreDiagnosis(Store store, DiagnosisRun diagnosis) {
        this.store = store;
        this.diagnosis = diagnosis;
    }

    void run() throws InterruptedException {
        diagnosis.step("mode", this::mode);
        diagnosis.step("repository", this::open);
        diagnosis.step("first listing", () -> inRepository(this::list));
        diagnosis.step("first read", () -> inRepository(this::read));
    }

    private String mode() throws Exception {
        Set<StoreMode> mode = store.mode();
        if (!mode.containsAll(Set.of(StoreMode.READ, StoreMode.WRITE))) {
            throw new IOException(
                    "the store says that it cannot both read and write; Plakar refuses such a store");
        }
        return "";
    }

    private String open() throws Exception {
        try {
            int bytes = store.open().length;
            there = true;
            return "there is one, with a configuration of " + bytes + " bytes";
        } catch (IOException e) {
            if (isMissing(e)) {
                throw new CannotTellException("there is none yet: " + diagnosis.sentence(e));
            }
            throw e;
        }
    }

    private static boolean isMissing(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            // An exception with a better sentence than the system's often keeps the system's own as a suppressed failure.
            if (ErrorKind.of(cause) == ErrorKind.NOT_FOUND || Arrays.stream(cause.getSuppressed())
                    .anyMatch(seen -> ErrorKind.of(seen) == ErrorKind.NOT_FOUND)) {
                return true;
            }
        }
        return false;
    }

    private String inRepository(DiagnosisRun.Step step) throws Exception {
        if (!there) {
            throw new CannotTellException("there is no repository yet");
        }
        return step.run();
    }

    private String list() throws Exception {
        StringBuilder found = new StringBuilder();
        for (StorageResource resource : List.of(StorageResource.PACKFILE, StorageResource.STATE,
                StorageResource.LOCK)) {
            found.append(found.isEmpty() ? "" : ", ")
                    .append(resource.name().toLowerCase(java.util.Locale.ROOT))
                    .append("s: ")
                    .append(store.list(resource).size());
        }
        return found.toString();
    }

    private String read() throws Exception {
        List<ObjectMac> states = store.list(StorageResource.STATE);
        if (states.isEmpty()) {
            throw new CannotTellException("the repository has no state yet");
        }
        try (InputStream in = store.get(StorageResource.STATE, states.getFirst(), null)) {
            return in.readNBytes(READ_BYTES).length + " bytes of a state";
        }
    }
}
