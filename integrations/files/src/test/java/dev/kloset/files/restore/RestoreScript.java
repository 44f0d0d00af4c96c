package dev.kloset.files.restore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays a host: gives records one by one, each content only until the next record, and collects the results. */
public final class RestoreScript implements RecordSource, ResultSink {

    public static final Instant TIME = Instant.parse("2024-02-29T12:34:56.123456789Z");

    private final Deque<ConnectorRecord> records = new ArrayDeque<>();
    // Both guarded by this.
    private final Set<ConnectorRecord> answered = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, List<String>> results = new HashMap<>();
    private final List<String> opened = new ArrayList<>();
    private int asked;
    private int mostUnanswered;
    private @Nullable IOException end;

    public RestoreScript add(ConnectorRecord record) {
        records.add(record);
        return this;
    }

    public RestoreScript directory(String path, int mode) {
        return add(FileRecord.of(path, info(path).mode(posix(0040000 | mode)).build()));
    }

    public RestoreScript file(String path, String content) {
        return file(info(path).size(content.length()), path, () -> text(content));
    }

    /** Add a file; {@code info} contains its special attributes. */
    public RestoreScript file(FileInfo.Builder info, String path, Content content) {
        return add(FileRecord.received(path, info.build(), "", List.of(), 0, content));
    }

    public RestoreScript symlink(String path, String target) {
        return add(FileRecord.symlink(path, info(path).mode(FileMode.symlink()).build(), target));
    }

    /** Fail in place of a record. */
    public RestoreScript thenFail(IOException failure) {
        end = failure;
        return this;
    }

    public static FileInfo.Builder info(String path) {
        String name = path.equals("/") ? path : path.substring(path.lastIndexOf('/') + 1);
        return FileInfo.builder(name).modTime(TIME).dev(1).ino(path.hashCode());
    }

    public static FileMode posix(int stMode) {
        return FileMode.fromPosix(stMode);
    }

    public static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Override
    public @Nullable ConnectorRecord next() throws IOException, InterruptedException {
        int number = ++asked;
        if (Thread.interrupted()) {
            throw new InterruptedException("cancelled");
        }
        if (records.isEmpty() && end != null) {
            throw end;
        }
        ConnectorRecord record = records.poll();
        mostUnanswered = Math.max(mostUnanswered, number - resultCount());
        if (record instanceof FileRecord file && file.content().isPresent()) {
            return file.withContent(() -> open(file, number));
        }
        return record;
    }

    private InputStream open(FileRecord file, int number) throws IOException {
        if (number != asked) {
            throw new AssertionError("the content of " + file.pathname() + " is gone");
        }
        opened.add(file.pathname());
        return file.content().orElseThrow().open();
    }

    @Override
    public void ok(ConnectorRecord record) {
        keep(record, "ok");
    }

    @Override
    public void error(ConnectorRecord record, String message) {
        keep(record, message);
    }

    private synchronized void keep(ConnectorRecord record, String result) {
        if (!answered.add(record)) {
            throw new AssertionError("a second result for " + record.pathname());
        }
        results.computeIfAbsent(record.pathname(), _ -> new ArrayList<>()).add(result);
        notifyAll();
    }

    /** {@return the error of {@code path}, or "ok"; for several records, all results in order} */
    public synchronized String result(String path) {
        return String.join(" | ", results.getOrDefault(path, List.of()));
    }

    /** Wait until there is a result for {@code path}. */
    public synchronized void await(String path) throws IOException {
        try {
            while (!results.containsKey(path)) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** {@return the results that are not ok, by path} */
    public synchronized Map<String, List<String>> errors() {
        Map<String, List<String>> errors = new HashMap<>(results);
        errors.values().removeIf(of -> of.stream().allMatch("ok"::equals));
        return errors;
    }

    public synchronized int resultCount() {
        return answered.size();
    }

    /** {@return the largest number of records that waited for a result at once} */
    public int mostUnanswered() {
        return mostUnanswered;
    }

    /** {@return the paths whose contents were opened} */
    public List<String> opened() {
        return opened;
    }
}
