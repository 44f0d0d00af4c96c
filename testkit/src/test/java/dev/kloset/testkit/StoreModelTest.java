package dev.kloset.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ObjectMac;
import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreFactory;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.Counterexample;
import dev.kloset.testkit.fixtures.MemoryStore;
import dev.kloset.testkit.subject.InProcessSubject;
import dev.kloset.testkit.subject.PipeProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arbitrary calls reveal a defect in a store, and the calls that show it are reduced to as few as possible. */
class StoreModelTest {

    private static final int ROUNDS = 100;

    @TempDir
    private Path directory;

    private Optional<Counterexample> search(UnaryOperator<Store> change, long seed) throws Exception {
        StoreFactory memory = MemoryStore.factory();
        Plugin plugin = Plugin.builder("memory")
                .storage("memory", context -> change.apply(memory.create(context)))
                .build();
        CheckSettings settings = CheckSettings.builder(Kind.STORAGE, Map.of("location", "memory://{temp}"))
                .temporaries(directory)
                .build();
        return new StoreModel(new InProcessSubject(plugin, PipeProfile.ORDINARY), settings).search(seed, ROUNDS);
    }

    private Counterexample found(UnaryOperator<Store> change) throws Exception {
        Counterexample found = search(change, 1).orElseThrow();
        assertThat(search(change, found.seed())).as("what the same seed gives").contains(found);
        assertThat(directory).isEmptyDirectory();
        return found;
    }

    /** A store in front of another one, and just as good. */
    private static class Before implements Store {

        final Store store;

        Before(Store store) {
            this.store = store;
        }

        @Override
        public String origin() {
            return store.origin();
        }

        @Override
        public String type() {
            return store.type();
        }

        @Override
        public String root() {
            return store.root();
        }

        @Override
        public void create(byte[] config) throws IOException, InterruptedException {
            store.create(config);
        }

        @Override
        public byte[] open() throws IOException, InterruptedException {
            return store.open();
        }

        @Override
        public List<ObjectMac> list(StorageResource resource) throws IOException, InterruptedException {
            return store.list(resource);
        }

        @Override
        public long put(StorageResource resource, ObjectMac mac, InputStream data)
                throws IOException, InterruptedException {
            return store.put(resource, mac, data);
        }

        @Override
        public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range)
                throws IOException, InterruptedException {
            return store.get(resource, mac, range);
        }

        @Override
        public void delete(StorageResource resource, ObjectMac mac) throws IOException, InterruptedException {
            store.delete(resource, mac);
        }
    }

    @Test
    void aStoreWithoutFaultHasNoCounterexample() throws Exception {
        assertThat(search(Before::new, 1)).isEmpty();
    }

    /** Loses the last byte of a range that begins on a page and ends with the object. */
    private static final class ShortAtTheEnd extends Before {

        ShortAtTheEnd(Store store) {
            super(store);
        }

        @Override
        public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range)
                throws IOException, InterruptedException {
            if (range == null) {
                return super.get(resource, mac, null);
            }
            int size = store.get(resource, mac, null).readAllBytes().length;
            boolean isAffected = range.offset() > 0 && range.offset() + range.length() == size && size > 4096;
            return super.get(resource, mac, isAffected ? new Range(range.offset(), range.length() - 1) : range);
        }
    }

    @Test
    void aRangeCutAtTheEndOfAnObjectIsShownByOnePutAndOneRange() throws Exception {
        Counterexample found = found(ShortAtTheEnd::new);
        assertThat(found.value().lines()).hasSize(2);
        assertThat(found.value()).startsWith("put packfile 00000000…: 4097 bytes of zeros")
                .contains("get packfile 00000000…: ");
        assertThat(found.words()).contains("bytes from: get packfile", "repeat with -Dkloset.seed=" + found.seed());
    }

    /** Treats a new object as the one that already exists under its name. */
    private static final class NeverReplaces extends Before {

        NeverReplaces(Store store) {
            super(store);
        }

        @Override
        public long put(StorageResource resource, ObjectMac mac, InputStream data)
                throws IOException, InterruptedException {
            byte[] content = data.readAllBytes();
            return list(resource).contains(mac)
                    ? content.length
                    : super.put(resource, mac, new ByteArrayInputStream(content));
        }
    }

    @Test
    void anObjectThatIsNotReplacedIsShownByTwoPuts() throws Exception {
        Counterexample found = found(NeverReplaces::new);
        assertThat(found.value().lines()).hasSize(2).allMatch(line -> line.startsWith("put packfile 00000000…: "));
        assertThat(found.value()).contains(": 0 bytes", ": 1 byte");
    }

    /** Distinguishes objects only by the beginning of their names. */
    private static final class LooksAtTheBeginning extends Before {

        LooksAtTheBeginning(Store store) {
            super(store);
        }

        @Override
        public void delete(StorageResource resource, ObjectMac mac) throws IOException, InterruptedException {
            for (ObjectMac each : list(resource)) {
                if (each.hex().startsWith(mac.hex().substring(0, 8))) {
                    super.delete(resource, each);
                }
            }
        }
    }

    @Test
    void aDeleteThatRemovesANeighbourIsShownByOnePutAndOneDelete() throws Exception {
        Counterexample found = found(LooksAtTheBeginning::new);
        assertThat(found.value().lines()).hasSize(2);
        assertThat(found.value()).startsWith("put packfile 5a5a5a5a…").contains("\ndelete packfile 5a5a5a5a…");
        assertThat(found.failure()).contains("in the list of kind 1");
    }
}
