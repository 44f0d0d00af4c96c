package dev.kloset.schedules;

import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreMode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A store as tired authors write it. It returns the bytes that its objects should have, whatever was put. */
final class TrickyStore extends TrickyConnector implements Store {

    private static final int CROWD = 3;
    private static final long LIE = 7;

    private final AuthorPlan plan;
    private final Contents contents;
    private final Map<Integer, Taken> taken = new ConcurrentHashMap<>();
    private final Map<Integer, Long> stored = new ConcurrentHashMap<>();
    private final Map<Integer, Trick> tricks = new ConcurrentHashMap<>();
    private final Map<Integer, Given> given = new ConcurrentHashMap<>();

    TrickyStore(AuthorPlan plan, Stage stage, Contents contents) {
        super(stage);
        this.plan = plan;
        this.contents = contents;
    }

    Collection<Taken> taken() {
        return taken.values();
    }

    /** {@return the size of an object that the author reported} */
    Optional<Long> stored(int number) {
        return Optional.ofNullable(stored.get(number));
    }

    Trick trick(int number) {
        return tricks.getOrDefault(number, Trick.NONE);
    }

    Optional<Given> given(int number) {
        return Optional.ofNullable(given.get(number));
    }

    private int length(int number) {
        return Samples.length(number, plan.contentBytes());
    }

    @Override
    public void create(byte[] config) {
        value("");
    }

    @Override
    public byte[] open() {
        return value(new byte[]{ 1 });
    }

    @Override
    public Set<StoreMode> mode() {
        return value(Set.of(StoreMode.READ, StoreMode.WRITE));
    }

    @Override
    public long size() {
        return value(1L);
    }

    @Override
    public List<ObjectMac> list(StorageResource resource) {
        return value(List.of(Samples.mac(1)));
    }

    @Override
    public void delete(StorageResource resource, ObjectMac mac) {
        value("");
    }

    @Override
    public void close() {
        value("");
    }

    @Override
    public long put(StorageResource resource, ObjectMac mac, InputStream data)
            throws IOException, InterruptedException {
        int number = mac.bytes()[0];
        Trick trick = stage.next("Put");
        tricks.put(number, trick);
        Taken bytes = new Taken("object " + number, contents.bytes(length(number)));
        taken.put(number, bytes);
        CountDownLatch over = new CountDownLatch(1);
        stage.enter();
        try {
            long[] count = { 0 };
            if (trick == Trick.UP_CALL) {
                UpCall.run(() -> count[0] = bytes.all(data));
            } else {
                count[0] = put(data, bytes, trick, over);
            }
            stored.put(number, count[0]);
            return count[0];
        } finally {
            over.countDown();
            stage.leave();
        }
    }

    private long put(InputStream data, Taken bytes, Trick trick, CountDownLatch over)
            throws IOException, InterruptedException {
        return switch (trick) {
            case FLAG -> {
                long count = bytes.part(data);
                stage.perform(trick);
                if (bytes.isEnded()) {
                    yield count;
                }
                throw new IOException("the far end is slow");
            }
            case READ_ASIDE -> {
                long[] count = new long[1];
                stage.aside(() -> count[0] = bytes.all(data)).join();
                if (!bytes.isEnded()) {
                    throw new IOException("the reader failed");
                }
                yield count[0];
            }
            case TWO_READERS -> {
                Thread other = stage.aside(() -> bytes.all(data));
                bytes.all(data);
                other.join();
                yield LIE;
            }
            case LEAVE_A_READER -> {
                stage.aside(() -> bytes.all(data));
                yield LIE;
            }
            case CROWD -> {
                for (int i = 0; i < CROWD; i++) {
                    stage.aside(() -> bytes.all(data));
                }
                bytes.part(data);
                throw new IllegalStateException("the author is tired");
            }
            case THROW_BESIDE_A_READER -> {
                stage.aside(() -> bytes.all(data));
                throw new IOException("the far end is full");
            }
            case READ_AFTERWARDS -> {
                bytes.part(data);
                data.close();
                yield bytes.all(data);
            }
            case LATE -> {
                stage.aside(() -> {
                    over.await();
                    bytes.all(data);
                });
                yield LIE;
            }
            case PART -> bytes.part(data);
            default -> {
                long count = bytes.part(data);
                stage.perform(trick);
                yield count + bytes.all(data);
            }
        };
    }

    @Override
    @SuppressWarnings("NullAway") // a trick may be to return null
    public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range) throws IOException {
        int number = mac.bytes()[0];
        Given stream = Given.open(stage, "Get", contents, length(number));
        if (stream != null) {
            given.put(number, stream);
        }
        return stream;
    }
}
