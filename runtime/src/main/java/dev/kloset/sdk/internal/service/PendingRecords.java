package dev.kloset.sdk.internal.service;

import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.XattrType;
import dev.kloset.sdk.internal.ahead.AheadContent;
import dev.kloset.sdk.internal.ahead.ReadAhead;
import dev.kloset.sdk.internal.failure.UncaughtHandler;
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
 * The records that the host has but has not acknowledged: it can open their contents until then. Bounded by the cap of {@link
 * ImportPump} on records in flight. It holds suppliers only, so there is nothing to close; what is read
 * ahead has been closed.
 */
public final class PendingRecords {

    private enum Kind {
        FILE,
        XATTR,
        ERROR
    }

    /** Distinguishes records on the wire: a file, its attributes and its errors have the same path. */
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

        // By hand, because every record needs these several times: a record class makes its own from method handles at run time,
        // which no start-up cache can hold and the first compiler cannot inline.
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

    /**
     * A record and the listener for its result.
     *
     * @param ahead its content, if that may be read ahead
     */
    record Pending(ConnectorRecord record, @Nullable Consumer<ConnectorResult> onResult, @Nullable AheadContent ahead) {

        private void done() {
            if (ahead != null) {
                ahead.done();
            }
        }
    }

    private final @Nullable ReadAhead readAhead;

    /** Records with content; the host asks for the content by this name. */
    private final Map<Key, Pending> contents = new ConcurrentHashMap<>();

    /** Records without content whose result has a listener, in the order of sending; one path may have several. */
    private final Map<Key, Queue<Pending>> others = new ConcurrentHashMap<>();

    /** Read no content ahead. */
    public PendingRecords() {
        this.readAhead = null;
    }

    /** Let {@code readAhead} read contents that allow it. */
    PendingRecords(ReadAhead readAhead) {
        this.readAhead = readAhead;
    }

    /**
     * Remember {@code record}, which is about to be sent.
     *
     * @return false if it has content that the host could not tell from that of another record, which is waiting already; then
     *     nothing has changed
     */
    boolean add(ConnectorRecord record, @Nullable Consumer<ConnectorResult> onResult) {
        if (content(record).isPresent()) {
            return addContent(new Pending(record, onResult, readAhead == null ? null : readAhead.sent(record)));
        }
        if (onResult != null) {
            others.compute(Key.of(record), (_, waiting) -> {
                Queue<Pending> queue = waiting == null ? new ArrayDeque<>(1) : waiting;
                queue.add(new Pending(record, onResult, null));
                return queue;
            });
        }
        return true;
    }

    private boolean addContent(Pending added) {
        boolean isNew = contents.putIfAbsent(Key.of(added.record()), added) == null;
        if (!isNew) {
            added.done();
        }
        return isNew;
    }

    /** Forget {@code record}, which could not be sent. */
    @SuppressWarnings("ReferenceEquality") // Two equal records are two records.
    void remove(ConnectorRecord record) {
        if (content(record).isPresent()) {
            Key key = Key.of(record);
            Pending waiting = contents.get(key);
            if (waiting != null && waiting.record() == record && contents.remove(key, waiting)) {
                waiting.done();
            }
            return;
        }
        others.computeIfPresent(Key.of(record), (_, waiting) -> {
            waiting.removeIf(entry -> entry.record() == record);
            return waiting.isEmpty() ? null : waiting;
        });
    }

    /** {@return what the host wants to read, if it is waiting} */
    Optional<Pending> find(OpenRequest request) {
        Key key = request.isXattr()
                ? Key.xattr(request.pathname(), request.xattrName(), request.xattrType())
                : Key.file(request.pathname());
        return Optional.ofNullable(contents.get(key));
    }

    /** Let go of the record that {@code result} names, and notify its listener. */
    void acknowledge(WireResult result) {
        Key key = Key.of(result.header().record());
        Pending done = contents.remove(key);
        if (done == null) {
            done = pollOther(key);
        } else {
            done.done();
        }
        if (done != null && done.onResult() != null) {
            report(done.onResult(), done.record(), result.error());
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

    private static void report(Consumer<ConnectorResult> listener, ConnectorRecord record, @Nullable String error) {
        try {
            listener.accept(error == null ? ConnectorResult.ok(record) : ConnectorResult.error(record, error));
        } catch (OutOfMemoryError e) {
            UncaughtHandler.end(e);
        } catch (Throwable e) {
            // The listener's own failure: the other acknowledgements must still be taken.
            System.getLogger("dev.kloset.sdk")
                    .log(System.Logger.Level.WARNING,
                            "the result listener of " + record.pathname() + " failed: " + Sentence.of(e));
        }
    }

    void clear() {
        contents.clear();
        others.clear();
        if (readAhead != null) {
            readAhead.finish();
        }
    }

    /** {@return the content of {@code record}, if its kind has one} */
    static Optional<Content> content(ConnectorRecord record) {
        if (record instanceof FileRecord f) {
            return f.content();
        }
        return record instanceof XattrRecord x ? Optional.of(x.content()) : Optional.empty();
    }
}
