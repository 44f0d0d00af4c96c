package dev.kloset.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapSharesTest {

    private static final long MIB = 1 << 20;
    private static final long LARGEST_MESSAGE = 4 * MIB;
    private static final long LIST_BYTES = 12 * MIB;

    /** {@return the shares of a JVM with such a heap, in which one survivor space does not count} */
    private static HeapShares of(int heapMib) {
        return new HeapShares(heapMib * MIB * 17 / 18);
    }

    /** Half of the calls store and half of them read, while everything that is shared is in use. */
    @ParameterizedTest
    @ValueSource(ints = { 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1024, 4096 })
    void allSharesTogetherLeaveRoomForTheConnector(int heapMib) {
        HeapShares shares = of(heapMib);
        long calls = (long) shares.calls() * Math.max(shares.window(), shares.content());
        long shared = shares.growth() + shares.messages(LARGEST_MESSAGE) + shares.spares() + shares.contents();
        long lists = shares.lists() * Math.min(LIST_BYTES, heapMib * MIB / 8);
        assertThat(calls + shared + lists).isLessThan(heapMib * MIB * 3 / 4);
    }

    @ParameterizedTest
    @CsvSource({ "128, 1024, 16384, 262144, 2", "48, 359, 16384, 262144, 1", "16, 83, 16384, 149276, 1",
        "2048, 1024, 246784, 262144, 16" })
    void limitsFollowTheHeap(int heapMib, int calls, int window, int usualWindow, int lists) {
        HeapShares shares = of(heapMib);
        assertThat(shares.calls()).isEqualTo(calls);
        assertThat(shares.window()).isEqualTo(window);
        assertThat(shares.usualWindow()).isEqualTo(usualWindow);
        assertThat(shares.lists()).isEqualTo(lists);
    }
}
