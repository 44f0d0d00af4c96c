package dev.kloset.sdk;

import dev.kloset.ErrorKind;
import dev.kloset.ObjectMac;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreMode;
import dev.kloset.sdk.CheckUp.CannotTellException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Looks at a store: its mode, and the repository in it if there is one. Writes nothing. */
final class StoreCheckUp {

    private static final int READ_BYTES = 64 * 1024;

    private final Store store;
    private final CheckUp checkUp;
    private boolean there; // whether there is a repository

    StoreCheckUp(Store store, CheckUp checkUp) {
        this.store = store;
        this.checkUp = checkUp;
    }

    void run() throws InterruptedException {
        checkUp.step("mode", this::mode);
        checkUp.step("repository", this::open);
        checkUp.step("first listing", () -> inRepository(this::list));
        checkUp.step("first read", () -> inRepository(this::read));
    }

    private String mode() throws Exception {
        Set<StoreMode> mode = store.mode();
        if (!mode.containsAll(Set.of(StoreMode.READ, StoreMode.WRITE))) {
            throw new IOException(
                    "the store says that it does not both read and write, and Plakar refuses such a store");
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
                throw new CannotTellException("there is none yet: " + StatusMapper.sentence(e));
            }
            throw e;
        }
    }

    private static boolean isMissing(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            // What a sentence says better than the system is often kept as a suppressed failure.
            if (ErrorKind.of(cause) == ErrorKind.NOT_FOUND || Arrays.stream(cause.getSuppressed())
                    .anyMatch(seen -> ErrorKind.of(seen) == ErrorKind.NOT_FOUND)) {
                return true;
            }
        }
        return false;
    }

    private String inRepository(CheckUp.Step step) throws Exception {
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
