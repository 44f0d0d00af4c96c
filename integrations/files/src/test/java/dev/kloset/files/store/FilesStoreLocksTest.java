package dev.kloset.files.store;

import static dev.kloset.StorageResource.LOCK;
import static dev.kloset.StorageResource.STATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorConfig;
import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StoreContext;
import dev.kloset.files.restore.RestoreScript;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stores at one location stand for two commands of Plakar. */
final class FilesStoreLocksTest {

    private static final ObjectMac OURS = ObjectMac.fromHex("0a".repeat(32));
    private static final ObjectMac THEIRS = ObjectMac.fromHex("0b".repeat(32));

    @TempDir
    Path directory;

    private FilesStore ours;
    private FilesStore theirs;

    @BeforeEach
    void open() throws Exception {
        ours = store();
        theirs = store();
        ours.create(new byte[]{ 1 });
        ours.put(LOCK, OURS, RestoreScript.text("ours"));
        theirs.put(LOCK, THEIRS, RestoreScript.text("theirs"));
    }

    private FilesStore store() throws Exception {
        return new FilesStore(StoreContext.of("files",
                ConnectorConfig.of(Map.of("location", "files://" + directory.resolve("repository")))));
    }

    private static String content(FilesStore store, ObjectMac mac) throws Exception {
        try (InputStream in = store.get(LOCK, mac, null)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aListedLockStaysReadableAfterAnotherCommandDeletesIt() throws Exception {
        assertThat(ours.list(LOCK)).containsExactlyInAnyOrder(OURS, THEIRS);
        theirs.delete(LOCK, THEIRS);
        assertThat(content(ours, THEIRS)).isEqualTo("theirs");
        assertThat(ours.list(LOCK)).containsExactly(OURS);
        assertGone(ours, THEIRS);
    }

    private static void assertGone(FilesStore store, ObjectMac mac) {
        assertThatThrownBy(() -> content(store, mac)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void nothingElseOutlivesItsDeletion() throws Exception {
        theirs.put(STATE, THEIRS, RestoreScript.text("state"));
        ours.list(STATE);
        ours.list(LOCK);
        theirs.delete(STATE, THEIRS);
        assertThatThrownBy(() -> ours.get(STATE, THEIRS, null)).isInstanceOf(NoSuchFileException.class);
        ours.delete(LOCK, OURS);
        assertGone(ours, OURS);
        theirs.delete(LOCK, THEIRS);
        assertThatThrownBy(() -> ours.get(LOCK, THEIRS, new Range(0, 1))).isInstanceOf(NoSuchFileException.class);
        assertGone(theirs, THEIRS);
    }

    @Test
    void theDiskComesFirst() throws Exception {
        ours.list(LOCK);
        theirs.put(LOCK, THEIRS, RestoreScript.text("renewed"));
        assertThat(content(ours, THEIRS)).isEqualTo("renewed");
        ours.put(LOCK, OURS, RestoreScript.text("renewed too"));
        theirs.delete(LOCK, OURS);
        assertGone(ours, OURS);
    }
}
