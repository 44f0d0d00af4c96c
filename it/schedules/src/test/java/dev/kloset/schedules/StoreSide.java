package dev.kloset.schedules;

import dev.kloset.Connector;
import dev.kloset.ObjectMac;
import dev.kloset.Plugin;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.schedules.AuthorPlan.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A hostile store and its host, whose threads put and get objects; a failure does not stop them. */
final class StoreSide implements Side {

    /** Tricks that must not prevent the storing of an object if the author reports success. */
    private static final List<Trick> HARMLESS = List.of(Trick.NONE, Trick.FLAG, Trick.READ_ASIDE, Trick.TWO_READERS,
            Trick.UP_CALL);

    private final AuthorPlan plan;
    private final Contents contents;
    private final IntConsumer boundary;
    private final TrickyStore author;
    private final Plugin plugin;
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final Map<Integer, Long> stored = new ConcurrentHashMap<>();
    private final Map<Integer, String> failures = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Thread> users = new CopyOnWriteArrayList<>();
    private final AtomicInteger done = new AtomicInteger();
    private volatile @Nullable Store store;

    /**
     * @param boundary receives the number of objects used so far
     */
    StoreSide(AuthorPlan plan, Stage stage, Contents contents, IntConsumer boundary) {
        this.plan = plan;
        this.contents = contents;
        this.boundary = boundary;
        this.author = new TrickyStore(plan, stage, contents);
        this.plugin = Plugin.builder("author").storage("test", _ -> author.value(author)).build();
    }

    @Override
    public Plugin plugin() {
        return plugin;
    }

    @Override
    public @Nullable Connector connector() {
        return store;
    }

    @Override
    public void interrupt() {
        users.forEach(Thread::interrupt);
    }

    @Override
    public void use(HostUser.Source host) throws IOException, InterruptedException {
        Store remote = host.store();
        store = remote;
        attempt(() -> remote.create(new byte[]{ 1 }));
        attempt(remote::open);
        for (int i = 0; i < plan.hostThreads(); i++) {
            int user = i;
            users.add(Thread.ofPlatform().daemon().name("using").start(() -> useObjects(remote, user)));
        }
        try {
            for (Thread user : users) {
                user.join();
            }
        } finally {
            interrupt();
            for (Thread user : users) {
                ImportSide.join(user);
            }
        }
        attempt(remote::mode);
        attempt(remote::size);
    }

    private void useObjects(Store remote, int user) {
        try {
            for (int number = user; number < plan.records(); number += plan.hostThreads()) {
                boundary.accept(done.getAndIncrement());
                int object = number;
                byte[] bytes = contents.bytes(Samples.length(object, plan.contentBytes()));
                ObjectMac mac = Samples.mac(object);
                String failure = attempt(() -> stored.put(object,
                        remote.put(StorageResource.PACKFILE, mac, new ByteArrayInputStream(bytes))));
                failures.put(object, failure);
                attempt(() -> get(remote, object));
                if (number % 5 == 4) {
                    attempt(() -> remote.delete(StorageResource.PACKFILE, mac));
                    attempt(() -> remote.list(StorageResource.PACKFILE));
                }
            }
        } catch (InterruptedException e) {
            // The user has given up.
        }
    }

    private void get(Store remote, int number) throws IOException, InterruptedException {
        try (InputStream in = remote.get(StorageResource.PACKFILE, Samples.mac(number), null)) {
            if (number % 4 == 1) {
                in.readNBytes(1); // the rest is reset
                return;
            }
            byte[] got = in.readAllBytes();
            int handed = author.given(number).map(Given::handed).orElse(-1);
            if (!Arrays.equals(got, contents.bytes(got.length)) || got.length != handed) {
                found.add("object " + number + " came with " + got.length + " bytes and an end, but was given with "
                        + handed);
            }
        }
    }

    /** {@return the reason for a failure; empty for a success} */
    private String attempt(Stage.Work work) throws InterruptedException {
        try {
            work.run();
            return "";
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted in a call");
            }
            String message = String.valueOf(e.getMessage());
            if (message.isBlank() || message.contains("\n")) {
                found.add("a failure without a sentence: " + e);
            }
            return message;
        }
    }

    @Override
    public int came() {
        return stored.size();
    }

    @Override
    public void judge(boolean ok, Queue<String> defects) {
        defects.addAll(found);
        boolean quiet = plan.event() == Event.NONE && !plan.tricks().containsKey("Call") && !plan.isEndless();
        stored.forEach((number, count) -> {
            if (!author.stored(number).equals(Optional.of(count))) {
                defects.add("the host was told that " + count + " bytes of object " + number
                        + " were stored, and the author said " + author.stored(number));
            }
        });
        failures.forEach((number, failure) -> {
            Trick trick = author.trick(number);
            if (quiet && trick == Trick.NONE && author.stored(number).isEmpty()) {
                defects.add("the put of object " + number + ", with which nothing was wrong, did not come to its end");
            }
            if (quiet && !failure.isEmpty() && HARMLESS.contains(trick) && author.stored(number).isPresent()) {
                defects.add("the put of object " + number + ", with which nothing was wrong, failed: " + failure);
            }
        });
        author.taken().forEach(taken -> taken.judge(defects));
    }
}
