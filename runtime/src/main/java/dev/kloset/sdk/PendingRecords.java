package dev.kloset.sdk;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.XattrType;
import dev.kloset.support.Sentence;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.codec.WireResult;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The records that the host has got but not acknowledged: their contents can be opened until then. Bounded by the cap of
 * {@link ImportPump} on records in flight. It holds suppliers only, so there is nothing to close.
 */
final class PendingRecords {

    private enum Kind {
        FILE,
        XATTR,
        ERROR
    }

    /** What tells records apart on the wire: a file, its attributes and what went wrong with it have one path. */
    private record Key(String pathname, Kind kind, String name, XattrType type) {

        static Key of(ConnectorRecord record) {
            // No switch over types: those cannot be in a start-up cache.
            if (record instanceof FileRecord f) {
                return file(f.pathname());
            }
            return record instanceof XattrRecord x
                    ? xattr(x.pathname(), x.name(), x.type())
                    : new Key(record.pathname(), Kind.ERROR, "", XattrType.EXTENDED);
        }

        static Key file(String pathname) {
            return new Key(pathname, Kind.FILE, "", XattrType.EXTENDED);
        }

        static Key xattr(String pathname, String name, XattrType type) {
            return new Key(pathname, Kind.XATTR, name, type);
        }

        // By hand, as this is done several times for every record: a record's own are made of method handles at run time, which no
        // start-up cache can hold and the first compiler does not see through.
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && kind == key.kind && type == key.type && pathname.equals(key.pathname)
                    && name.equals(key.name);
        }

        @Override
        public int hashCode() {
            return pathname.hashCode() + 31 * (name.hashCode() + 31 * kind.hashCode());
        }
    }

    /** A record and who wants to hear of it. */
    private record Pending(ConnectorRecord record, @Nullable Consumer<ConnectorResult> onResult) {}

    /** Those with content; the host asks for it by this name. */
    private final Map<Key, Pending> contents = new ConcurrentHashMap<>();

    /** Those without that somebody wants to hear of, in the order of sending; of one path there may be several. */
    private final Map<Key, Queue<Pending>> others = new ConcurrentHashMap<>();

    /**
     * Remember {@code record}, which is about to be sent.
     *
     * @return false if it has content that the host could not tell from that of another one, which is waiting already; then
     *     nothing has changed
     */
    boolean add(ConnectorRecord record, @Nullable Consumer<ConnectorResult> onResult) {
        Pending added = new Pending(record, onResult);
        if (content(record).isPresent()) {
            return contents.putIfAbsent(Key.of(record), added) == null;
        }
        if (onResult != null) {
            others.compute(Key.of(record), (_, waiting) -> {
                Queue<Pending> queue = waiting == null ? new ArrayDeque<>(1) : waiting;
                queue.add(added);
                return queue;
            });
        }
        return true;
    }

    /** Forget {@code record}, which could not be sent. */
    @SuppressWarnings("ReferenceEquality") // Two equal records are two records.
    void remove(ConnectorRecord record) {
        if (content(record).isPresent()) {
            contents.computeIfPresent(Key.of(record), (_, waiting) -> waiting.record() == record ? null : waiting);
            return;
        }
        others.computeIfPresent(Key.of(record), (_, waiting) -> {
            waiting.removeIf(entry -> entry.record() == record);
            return waiting.isEmpty() ? null : waiting;
        });
    }

    /** {@return the record that the host wants to read, if it is waiting} */
    Optional<ConnectorRecord> find(OpenRequest request) {
        Key key = request.isXattr()
                ? Key.xattr(request.pathname(), request.xattrName(), request.xattrType())
                : Key.file(request.pathname());
        return Optional.ofNullable(contents.get(key)).map(Pending::record);
    }

    /** Let go of the record that {@code result} speaks of, and tell who wanted to know. */
    void acknowledge(WireResult result) {
        Key key = Key.of(result.header().record());
        Pending done = contents.remove(key);
        if (done == null) {
            done = pollOther(key);
        }
        if (done != null && done.onResult() != null) {
            tell(done.onResult(), done.record(), result.error());
        }
    }

    private @Nullable Pending pollOther(Key key) {
        AtomicReference<@Nullable Pending> first = new AtomicReference<>();
        others.computeIfPresent(key, (_, waiting) -> {
            first.set(waiting.poll());
            return waiting.isEmpty() ? null : waiting;
        });
        return first.get();
    }

    private static void tell(Consumer<ConnectorResult> listener, ConnectorRecord record, @Nullable String error) {
        try {
            listener.accept(error == null ? ConnectorResult.ok(record) : ConnectorResult.error(record, error));
        } catch (OutOfMemoryError e) {
            LastWords.outOfMemory();
        } catch (Throwable e) {
            // The listener's own trouble: the other acknowledgements must still be taken.
            System.getLogger("dev.kloset.sdk")
                    .log(System.Logger.Level.WARNING,
                            "the result listener of " + record.pathname() + " failed: " + Sentence.of(e));
        }
    }

    void clear() {
        contents.clear();
        others.clear();
    }

    /** {@return the content of {@code record}, if its kind has one} */
    static Optional<Content> content(ConnectorRecord record) {
        if (record instanceof FileRecord f) {
            return f.content();
        }
        return record instanceof XattrRecord x ? Optional.of(x.content()) : Optional.empty();
    }
}
