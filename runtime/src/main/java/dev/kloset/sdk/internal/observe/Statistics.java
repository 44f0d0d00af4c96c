package dev.kloset.sdk.internal.observe;

import dev.kloset.ConnectorRecord;
import dev.kloset.ErrorRecord;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.log.SecretRedactor;
import dev.kloset.sdk.internal.version.Versions;
import dev.kloset.support.Sentence;
import dev.kloset.wire.protobuf.Rpc;
import dev.kloset.wire.stdio.StandardError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens in this process, for a summary on standard error. Everything that it keeps is bounded: by the number of
 * methods of the protocol, and of different reasons for a retry.
 */
final class Statistics implements Observer {

    /** A shorter wait does not count: passing through takes a moment even without waiting. */
    private static final long LEAST_WAIT_NANOS = 1_000_000;

    private static final int MAX_REASONS = 5;
    private static final int MAX_REASON_LENGTH = 150;
    private static final String OTHER_REASONS = "other reasons";

    /** How much of the host's time an unread standard error may take. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final HostContext host;
    private final Versions versions;
    private final boolean json;
    private final LongSupplier clock;
    private final long start;
    private final Map<String, Tally> calls = new ConcurrentHashMap<>();
    private final Map<Direction, Tally> contents = new EnumMap<>(Direction.class);
    private final Map<Wait, Tally> waits = new EnumMap<>(Wait.class);
    private final LongAdder records = new LongAdder();
    private final LongAdder errorRecords = new LongAdder();
    private final LongAdder results = new LongAdder();
    private final LongAdder errorResults = new LongAdder();
    private final LongAdder sizeDifferences = new LongAdder();
    private final Map<String, Long> retries = new TreeMap<>(); // guarded by itself
    private final AtomicBoolean news = new AtomicBoolean(true);

    Statistics(HostContext host, Versions versions, boolean json, LongSupplier clock) {
        this.host = host;
        this.versions = versions;
        this.json = json;
        this.clock = clock;
        this.start = clock.getAsLong();
        for (Direction direction : Direction.values()) {
            contents.put(direction, new Tally());
        }
        for (Wait wait : Wait.values()) {
            waits.put(wait, new Tally());
        }
    }

    @Override
    public Span call(String path) {
        // Paths come from the router, which knows only those of the protocol.
        Tally tally = calls.computeIfAbsent(path, _ -> new Tally());
        boolean closes = path.endsWith("/" + Rpc.CLOSE); // it writes the summary
        return span(tally, !closes);
    }

    @Override
    public Span content(String name, Direction direction) {
        return span(of(contents, direction), true);
    }

    @Override
    public Span waiting(Wait wait) {
        Tally tally = of(waits, wait);
        long from = clock.getAsLong();
        return (_, _) -> {
            long nanos = clock.getAsLong() - from;
            if (nanos >= LEAST_WAIT_NANOS) {
                tally.add(nanos, false, 0);
                news.set(true);
            }
        };
    }

    private Span span(Tally tally, boolean isNews) {
        long from = clock.getAsLong();
        return (bytes, failure) -> {
            tally.add(clock.getAsLong() - from, failure != null, bytes);
            if (isNews) {
                news.set(true);
            }
        };
    }

    @Override
    public void record(ConnectorRecord record) {
        records.increment();
        if (record instanceof ErrorRecord) {
            errorRecords.increment();
        }
    }

    @Override
    public void result(ConnectorRecord record, @Nullable String error) {
        results.increment();
        if (error != null) {
            errorResults.increment();
        }
    }

    @Override
    public void sizeDiffers(String pathname, long announced, long sent) {
        sizeDifferences.increment();
    }

    @Override
    public void retry(String reason) {
        String sentence = SecretRedactor.ofThisProcess().hide(Sentence.of(reason));
        String brief = sentence.length() <= MAX_REASON_LENGTH
                ? sentence
                : sentence.substring(0, MAX_REASON_LENGTH) + " …";
        synchronized (retries) {
            boolean known = retries.containsKey(brief) || retries.size() < MAX_REASONS;
            retries.merge(known ? brief : OTHER_REASONS, 1L, Long::sum);
        }
        news.set(true);
    }

    /** The summary may miss what is counted at the very end; the last summary counts. */
    @Override
    public void save() throws InterruptedException {
        if (news.getAndSet(false)) {
            byte[] lines = (json ? summary().json() : summary().text()).getBytes(StandardCharsets.UTF_8);
            Thread.ofPlatform()
                    .daemon()
                    .name("kloset-stats")
                    .start(() -> StandardError.write(lines))
                    .join(PATIENCE);
        }
    }

    StatisticsSummary summary() {
        Map<String, Tally.Count> itsCalls = new TreeMap<>();
        calls.forEach((path, tally) -> itsCalls.put(path, tally.count()));
        itsCalls.values().removeIf(count -> count.number() == 0); // those that are still running
        Map<Direction, Tally.Count> itsContents = new EnumMap<>(Direction.class);
        contents.forEach((direction, tally) -> itsContents.put(direction, tally.count()));
        Map<Wait, Tally.Count> itsWaits = new EnumMap<>(Wait.class);
        waits.forEach((wait, tally) -> itsWaits.put(wait, tally.count()));
        Map<String, Long> itsRetries;
        synchronized (retries) {
            itsRetries = new TreeMap<>(retries);
        }
        return new StatisticsSummary(versions, host.connector(), ProcessHandle.current().pid(),
                clock.getAsLong() - start,
                itsCalls, records.sum(), errorRecords.sum(), results.sum(), errorResults.sum(), itsContents,
                sizeDifferences.sum(), itsWaits, itsRetries);
    }

    private static <K> Tally of(Map<K, Tally> tallies, K key) {
        return Objects.requireNonNull(tallies.get(key), "tally");
    }
}
