package dev.kloset.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ObjectMac;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A lock that was listed outlives its deletion by another process, for a while and within bounds. */
final class ListedLocksTest {

    private static final ObjectMac OURS = mac(10);
    private static final ObjectMac THEIRS = mac(11);

    private final FakeSleeper time = new FakeSleeper();
    private final Map<ObjectMac, byte[]> store = new ConcurrentHashMap<>();
    private final ListedLocks locks = new ListedLocks(this::read, 1, time);

    private static ObjectMac mac(int number) {
        return ObjectMac.fromHex(HexFormat.of().toHexDigits(number).repeat(8));
    }

    private byte[] read(ObjectMac mac, int most) throws IOException {
        byte[] lock = store.get(mac);
        if (lock == null) {
            throw new NoSuchFileException("lock " + mac);
        }
        return Arrays.copyOf(lock, Math.min(lock.length, most));
    }

    @Test
    void aListedLockStaysReadableForAMinute() throws Exception {
        store.put(THEIRS, "theirs".getBytes(UTF_8));
        assertThat(locks.keep(List.of(THEIRS))).containsExactly(THEIRS);
        store.remove(THEIRS);
        time.pass(Duration.ofSeconds(59));
        assertThat(locks.get(THEIRS)).asString(UTF_8).isEqualTo("theirs");
        time.pass(Duration.ofSeconds(1));
        assertThat(locks.get(THEIRS)).isNull();
    }

    @Test
    void theNextListAndWhatThisProcessDeletesEndIt() throws Exception {
        store.put(OURS, new byte[1]);
        store.put(THEIRS, new byte[1]);
        assertThat(locks.keep(List.of(OURS, THEIRS))).containsExactly(OURS, THEIRS);
        locks.forget(OURS);
        assertThat(locks.get(OURS)).isNull();
        assertThat(locks.get(THEIRS)).isNotNull();
        assertThat(locks.keep(List.of(OURS))).containsExactly(OURS);
        assertThat(locks.get(THEIRS)).isNull();
    }

    @Test
    void onlySmallLocksAreKept() throws Exception {
        assertThat(locks.get(OURS)).isNull();
        store.put(OURS, new byte[4096]);
        store.put(THEIRS, new byte[4097]);
        assertThat(locks.keep(List.of(OURS, THEIRS))).containsExactly(OURS, THEIRS);
        assertThat(locks.get(OURS)).hasSize(4096);
        assertThat(locks.get(THEIRS)).isNull();
    }

    @Test
    void onlyTheFirstThousandLocksAreReadAndAllAreListed() throws Exception {
        List<ObjectMac> listed = IntStream.range(0, 1001).mapToObj(ListedLocksTest::mac).toList();
        listed.forEach(mac -> store.put(mac, new byte[1]));
        assertThat(locks.keep(listed)).isEqualTo(listed);
        assertThat(locks.get(listed.get(999))).hasSize(1);
        assertThat(locks.get(listed.get(1000))).isNull();
    }

    @Test
    void aLockDeletedDuringTheListingIsNotListed() throws Exception {
        store.put(THEIRS, new byte[1]);
        assertThat(locks.keep(List.of(OURS, THEIRS))).containsExactly(THEIRS);
        ListedLocks other = new ListedLocks((mac, _) -> {
            throw new FileNotFoundException("lock " + mac);
        }, 1);
        assertThat(other.keep(List.of(OURS))).isEmpty();
    }

    @Test
    void aLockThatCannotBeReadIsListed() throws Exception {
        ListedLocks unreadable = new ListedLocks((_, _) -> {
            throw new IOException("the disk is tired");
        }, 1);
        assertThat(unreadable.keep(List.of(OURS))).containsExactly(OURS);
        assertThat(unreadable.get(OURS)).isNull();
    }

    @Test
    void locksAreReadAtOnceAndListedInTheirOrder() throws Exception {
        CyclicBarrier four = new CyclicBarrier(4);
        AtomicInteger reads = new AtomicInteger();
        ListedLocks parallel = new ListedLocks((mac, _) -> {
            reads.incrementAndGet();
            await(four); // passes only if four locks are being read
            return mac.bytes();
        }, 4);
        List<ObjectMac> listed = IntStream.range(0, 8).mapToObj(ListedLocksTest::mac).toList();
        assertThat(parallel.keep(listed)).isEqualTo(listed);
        assertThat(reads).hasValue(8);
        assertThat(parallel.get(listed.get(7))).isEqualTo(listed.get(7).bytes());
    }

    private static void await(CyclicBarrier barrier) throws IOException, InterruptedException {
        try {
            barrier.await();
        } catch (BrokenBarrierException e) {
            throw new IOException(e);
        }
    }

    @Test
    void aCancelledListingEnds() {
        ListedLocks cancelled = new ListedLocks((_, _) -> {
            throw new InterruptedException("the host is gone");
        }, 1);
        assertThatThrownBy(() -> cancelled.keep(List.of(OURS))).isInstanceOf(InterruptedException.class);
    }
}
