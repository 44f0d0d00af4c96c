package dev.kloset.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.wire.PipePair;
import dev.kloset.wire.frame.RawPeer.RawFrame;
import dev.kloset.wire.http2.Http2Connection;
import dev.kloset.wire.http2.Http2Limits;
import dev.kloset.wire.http2.Http2Stream;
import dev.kloset.wire.http2.Recorder;
import dev.kloset.wire.http2.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How frames get into the pipe when they are many or large, and when the other end does not read. */
class WritingTest {

    private static final HeaderBlock ANSWER = HeaderBlock.builder().add(":status", "200").build();
    private static final Http2Limits LIMITS = new Http2Limits(1000, 4096, 65_535, 65_535, 65_535, 0, 0, 1000, 32 * 1024,
            Long.MAX_VALUE);
    /** The pipe, the write that waits for it, and the rest of the frame that this write cuts. */
    private static final int BEGUN = 16 * 1024 + 32 * 1024 + 16_384;

    private static final int PIPE = 16 * 1024;

    private final PipePair pipes = PipePair.of(PIPE, Integer.MAX_VALUE);
    private final PipePair hastyPipes = PipePair.of(PIPE, Integer.MAX_VALUE);
    private final RawPeer client = RawPeer.client(pipes);
    private final Recorder.Streams streams = new Recorder.Streams();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger largest = new AtomicInteger();
    private final Http2Connection server = Http2Connection.server(pipes.toServer().in(),
            new Counting(pipes.toClient().out()), LIMITS, streams);

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void largePayloadsTakeTurns() throws Exception {
        List<Http2Stream> open = openWide(3);
        pipes.toClient().hold();
        CountDownLatch sent = new CountDownLatch(3);
        for (Http2Stream stream : open) {
            inBackground(() -> {
                stream.sendResponse(ANSWER, new Zeros(4 << 20));
                sent.countDown();
            });
        }
        awaitFull();
        pipes.toClient().release();
        int inARow = 0;
        int longest = 0;
        int last = 0;
        int[] left = { 4 << 20, 4 << 20, 4 << 20 };
        while (left[0] > 0 && left[1] > 0 && left[2] > 0) {
            RawFrame frame = client.read(Frame.DATA);
            assertThat(frame.payload().length).isLessThanOrEqualTo(16_384);
            inARow = frame.stream() == last ? inARow + 1 : 1;
            last = frame.stream();
            left[last / 2] -= frame.payload().length;
            longest = Math.max(longest, inARow);
        }
        assertThat(longest).as("frames of one stream in a row")
                .isLessThanOrEqualTo(3 * LIMITS.maxPendingBytes() / 16_384);
        assertThat(largest.get()).isLessThanOrEqualTo(32 * 1024);
        while (left[0] + left[1] + left[2] > 0) {
            RawFrame frame = client.read(Frame.DATA);
            left[frame.stream() / 2] -= frame.payload().length;
        }
        sent.await();
    }

    @Test
    void smallPayloadsOfManyThreadsGoOutTogether() throws Exception {
        List<Http2Stream> open = openWide(50);
        pipes.toClient().hold();
        CountDownLatch sent = new CountDownLatch(50);
        for (Http2Stream stream : open) {
            inBackground(() -> {
                for (int i = 0; i < 40; i++) {
                    stream.sendResponse(ANSWER, new Zeros(10));
                }
                sent.countDown();
            });
        }
        sent.await(); // 50 * 40 small frames fit into what may be pending
        int before = writes.get();
        pipes.toClient().release();
        for (int i = 0; i < 50 * 40; i++) {
            assertThat(client.read(Frame.DATA).payload()).hasSize(10);
        }
        assertThat(writes.get() - before).as("writes for 2000 frames").isLessThanOrEqualTo(5);
    }

    @Test
    void payloadsThatMayWaitGoOutWithTheNextThatDoesNot() throws Exception {
        Http2Stream stream = openWide(1).getFirst();
        stream.sendResponse(ANSWER, new Zeros(1));
        client.read(Frame.DATA);
        int before = writes.get();
        for (int i = 0; i < 100; i++) {
            stream.sendResponse(ANSWER, new Patient(10));
        }
        assertThat(writes.get()).isEqualTo(before);
        client.frame(Frame.PING, 0, 0, new byte[8]);
        for (int i = 0; i < 100; i++) {
            assertThat(client.read(Frame.DATA).payload()).hasSize(10);
        }
        client.read(Frame.PING);
        assertThat(writes.get() - before).isEqualTo(1);
    }

    @Test
    void payloadsThatMayWaitGoOutWhenTheyAreWorthAWrite() throws Exception {
        Http2Stream stream = openWide(1).getFirst();
        // Some may go out with the first frames; of the rest at most three are not worth a write.
        for (int i = 0; i < 8; i++) {
            stream.sendResponse(ANSWER, new Patient(8 * 1024));
        }
        receive(5 * 8 * 1024);
    }

    @Test
    void payloadsThatMayWaitGoOutByThemselves() throws Exception {
        Http2Limits hasty = new Http2Limits(1000, 4096, 65_535, 65_535, 65_535, 0, 0, 1000, 32 * 1024, 1_000_000);
        RawPeer host = RawPeer.client(hastyPipes);
        try (Http2Connection other = Http2Connection.server(hastyPipes.toServer().in(), hastyPipes.toClient().out(),
                hasty, streams)) {
            host.greet().request(1, true);
            Http2Stream stream = streams.opened.take();
            for (int i = 1; i < 20; i++) {
                stream.sendResponse(ANSWER, new Patient(i));
                assertThat(host.read(Frame.DATA).payload()).hasSize(i);
            }
            assertThat(other.hasEnded()).isFalse();
            host.close();
        }
    }

    @Test
    void aStreamWithoutWindowDoesNotHoldUpTheOthers() throws Exception {
        client.greet().request(1, true).request(3, true);
        Http2Stream stuck = streams.opened.take();
        Http2Stream free = streams.opened.take();
        client.numbers(Frame.WINDOW_UPDATE, 0, 0, 1 << 20);
        inBackground(() -> failure(() -> stuck.sendResponse(ANSWER, new Zeros(100_000)))); // 65 535 of them may go out
        int received = 0;
        while (received < 65_535) {
            received += client.read(Frame.DATA).payload().length;
        }
        free.sendResponse(ANSWER, new Zeros(50_000));
        received = 0;
        while (received < 50_000) {
            RawFrame frame = client.read(Frame.DATA);
            assertThat(frame.stream()).isEqualTo(3);
            received += frame.payload().length;
        }
    }

    @Test
    void trailersNeedNoWindow() throws Exception {
        client.greet().request(1, true).request(3, true);
        Http2Stream first = streams.opened.take();
        Http2Stream second = streams.opened.take();
        inBackground(() -> failure(() -> first.sendResponse(ANSWER, new Zeros(100_000)))); // uses up the window of the connection
        int received = 0;
        while (received < 65_535) {
            received += client.read(Frame.DATA).payload().length;
        }
        second.sendTrailers(ANSWER, ANSWER);
        assertThat(client.read(Frame.HEADERS).stream()).isEqualTo(3);
    }

    @Test
    void aWindowMayBecomeNegativeAndRecover() throws Exception {
        client.greet().request(1, true);
        Http2Stream stream = streams.opened.take();
        BlockingQueue<Integer> done = new LinkedBlockingQueue<>();
        inBackground(() -> {
            stream.sendResponse(ANSWER, new Zeros(65_535 + 7));
            done.add(1);
        });
        int received = 0;
        while (received < 65_535) {
            received += client.read(Frame.DATA).payload().length;
        }
        client.numbers(Frame.WINDOW_UPDATE, 0, 0, 1000).setting(Settings.INITIAL_WINDOW_SIZE, 10);
        client.read(Frame.SETTINGS); // acknowledges ours: the window is at 10 - 65 535 now
        client.numbers(Frame.WINDOW_UPDATE, 0, 1, 65_525).frame(Frame.PING, 0, 0, new byte[8]);
        client.read(Frame.PING);
        assertThat(done).isEmpty();
        client.numbers(Frame.WINDOW_UPDATE, 0, 1, 3);
        assertThat(client.read(Frame.DATA).payload()).hasSize(3);
        client.setting(Settings.INITIAL_WINDOW_SIZE, 14);
        assertThat(client.read(Frame.DATA).payload()).hasSize(4);
        done.take();
    }

    @Test
    void aSenderThatWaitsLearnsOfTheReset() throws Exception {
        BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        Http2Stream stream = stuckSender(failures);
        client.numbers(Frame.RST_STREAM, 0, stream.id(), ErrorCode.CANCEL.number());
        assertThat(failures.take()).isEqualTo("the stream was reset with CANCEL");
        assertThat(stream.isTorn()).isTrue();
    }

    @Test
    void aSenderThatWaitsLearnsOfTheEnd() throws Exception {
        BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        stuckSender(failures);
        client.close();
        assertThat(failures.take()).isEqualTo("the host ended the connection");
    }

    @Test
    void aSenderBehindAFullPipeLearnsOfTheEnd() throws Exception {
        List<Http2Stream> open = openWide(1);
        BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        pipes.toClient().hold();
        inBackground(() -> failures.add(failure(() -> open.getFirst().sendResponse(ANSWER, new Zeros(10 << 20)))));
        awaitFull();
        client.close();
        assertThat(failures.take()).isEqualTo("the host ended the connection");
        pipes.toClient().in().close();
    }

    @Test
    void anInterruptEndsTheSenderAndNothingElse() throws Exception {
        BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        client.greet().request(1, true).request(3, true);
        Http2Stream stream = streams.opened.take();
        stream.sendResponse(ANSWER, new Zeros(1));
        Thread sender = inBackground(() -> failures.add(failure(() -> stream.data(new Zeros(1 << 20), false))));
        receive(65_535);
        sender.interrupt();
        assertThat(failures.take()).isEqualTo("interrupted");
        assertThat(stream.isTorn()).isTrue();
        streams.opened.take().sendTrailers(ANSWER, ANSWER);
        assertThat(client.read(Frame.HEADERS).stream()).isEqualTo(3);
    }

    private void receive(int bytes) throws Exception {
        int received = 0;
        while (received < bytes) {
            received += client.read(Frame.DATA).payload().length;
        }
    }

    /** The status of a call follows its messages: after half a message it would be unreadable. */
    @Test
    void anInterruptDoesNotTearAnAnswerThatHasBegun() throws Exception {
        BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
        client.greet().request(1, true);
        Http2Stream stream = streams.opened.take();
        Thread sender = inBackground(() -> {
            stream.sendResponse(ANSWER, new Zeros(65_535 + 100));
            outcomes.add("sent, interrupted: " + Thread.interrupted());
            outcomes.add(failure(() -> stream.sendResponse(ANSWER, new Zeros(1))));
        });
        receive(65_535);
        sender.interrupt();
        client.frame(Frame.PING, 0, 0, new byte[8]).read(Frame.PING);
        assertThat(outcomes).isEmpty();
        client.numbers(Frame.WINDOW_UPDATE, 0, 0, 1000).numbers(Frame.WINDOW_UPDATE, 0, 1, 100);
        receive(100);
        assertThat(outcomes.take()).isEqualTo("sent, interrupted: true");
        sender.interrupt();
        assertThat(outcomes.take()).as("nothing of the next one has gone").isEqualTo("interrupted");
        assertThat(stream.isTorn()).isFalse();
    }

    @Test
    void aPayloadThatFailsLeavesNoHalfFrame() throws Exception {
        List<Http2Stream> open = openWide(1);
        Http2Stream stream = open.getFirst();
        assertThatThrownBy(() -> stream.sendResponse(ANSWER, new Payload() {
            @Override
            public int remaining() {
                return 100;
            }

            @Override
            public void take(byte[] target, int offset, int length) {
                throw new IllegalStateException("changed while it was sent");
            }
        })).hasMessage("changed while it was sent");
        assertThat(stream.isTorn()).isFalse();
        stream.sendResponse(ANSWER, new Zeros(3));
        assertThat(client.read(Frame.DATA).payload()).hasSize(3);
    }

    @Test
    void pendingDataOfAStreamThatTheOtherEndResetsIsDropped() throws Exception {
        List<Http2Stream> open = openWide(2);
        BlockingQueue<String> failures = sendBehindAFullPipe(open.get(0));
        client.numbers(Frame.RST_STREAM, 0, 1, ErrorCode.CANCEL.number());
        assertThat(failures.take()).isEqualTo("the stream was reset with CANCEL");
        open.get(1).sendResponse(ANSWER, new Zeros(100)); // there is room again, though the other end does not read
        pipes.toClient().release();
        assertThat(dataUntil(Frame.DATA, 3)).as("what the pipe had begun of 4 MiB").isLessThanOrEqualTo(BEGUN);
    }

    @Test
    void pendingDataOfAStreamThatWeResetIsDroppedButNotTheReset() throws Exception {
        List<Http2Stream> open = openWide(2);
        BlockingQueue<String> failures = sendBehindAFullPipe(open.get(0));
        open.get(0).reset(ErrorCode.INTERNAL_ERROR, "enough");
        assertThat(failures.take()).isEqualTo("enough");
        open.get(1).sendResponse(ANSWER, new Zeros(100));
        pipes.toClient().release();
        assertThat(dataUntil(Frame.RST_STREAM, 1)).as("what the pipe had begun of 4 MiB").isLessThanOrEqualTo(BEGUN);
        assertThat(client.read(Frame.DATA).stream()).isEqualTo(3);
    }

    @Test
    void droppedDataReturnsToTheWindowOfTheConnectionToTheByte() throws Exception {
        int window = 1 << 20;
        client.greet()
                .setting(Settings.INITIAL_WINDOW_SIZE, 1 << 30)
                .numbers(Frame.WINDOW_UPDATE, 0, 0, window - 65_535);
        client.request(1, true).request(3, true);
        Http2Stream stream = streams.opened.take();
        Http2Stream other = streams.opened.take();
        client.frame(Frame.PING, 0, 0, new byte[8]).read(Frame.PING);
        BlockingQueue<String> failures = sendBehindAFullPipe(stream);
        client.numbers(Frame.RST_STREAM, 0, 1, ErrorCode.CANCEL.number());
        failures.take();
        inBackground(() -> failures.add(failure(() -> other.sendResponse(ANSWER, new Zeros(4 << 20)))));
        pipes.toClient().release();
        receive(window); // of both streams
        client.frame(Frame.PING, 0, 0, new byte[8]);
        assertThat(client.read().type()).as("no byte more than the window").isEqualTo(Frame.PING);
        client.numbers(Frame.WINDOW_UPDATE, 0, 0, 7);
        assertThat(client.read(Frame.DATA).payload()).hasSize(7);
    }

    @Test
    void sendersThatWaitForRoomGoOnWhenTheDataOfAStreamIsDropped() throws Exception {
        List<Http2Stream> open = openWide(3);
        BlockingQueue<String> failures = sendBehindAFullPipe(open.get(0));
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        inBackground(() -> done.add(failure(() -> open.get(1).sendResponse(ANSWER, new Zeros(100_000)))));
        inBackground(() -> done.add(failure(() -> open.get(2).sendTrailers(ANSWER, ANSWER))));
        client.frame(Frame.PING, 0, 0, new byte[8]);
        client.numbers(Frame.RST_STREAM, 0, 1, ErrorCode.CANCEL.number());
        failures.take();
        assertThat(List.of(done.take(), done.take())).containsOnly("nothing failed"); // the pipe is still full
        pipes.toClient().release();
        int[] left = { 100_000, 1 };
        while (left[0] > 0 || left[1] > 0) {
            RawFrame frame = client.read();
            left[0] -= frame.type() == Frame.DATA && frame.stream() == 3 ? frame.payload().length : 0;
            left[1] -= frame.type() == Frame.HEADERS && frame.stream() == 5 ? 1 : 0;
        }
    }

    @Test
    void anAnswerThatHasItsTrailersIsSentWholeBeforeOurReset() throws Exception {
        client.greet().setting(Settings.INITIAL_WINDOW_SIZE, 1 << 30).numbers(Frame.WINDOW_UPDATE, 0, 0, 1 << 30);
        client.request(1, false);
        Http2Stream stream = streams.opened.take();
        client.frame(Frame.PING, 0, 0, new byte[8]).read(Frame.PING);
        pipes.toClient().hold();
        stream.sendResponse(ANSWER, new Zeros(150_000));
        stream.sendTrailers(ANSWER, ANSWER);
        stream.reset(ErrorCode.NO_ERROR, "the call is finished");
        pipes.toClient().release();
        receive(150_000);
        assertThat(client.read(Frame.HEADERS).flags() & Frame.END_STREAM).isEqualTo(Frame.END_STREAM);
        assertThat(client.read().type()).isEqualTo(Frame.RST_STREAM);
    }

    @Test
    void pendingDataOfAnAnswerWithTrailersIsDroppedWhenTheOtherEndResetsIt() throws Exception {
        List<Http2Stream> open = openWide(2);
        pipes.toClient().hold();
        open.get(0).sendResponse(ANSWER, new Zeros(200_000));
        open.get(0).sendTrailers(ANSWER, ANSWER);
        awaitFull();
        client.numbers(Frame.RST_STREAM, 0, 1, ErrorCode.CANCEL.number()).request(5, true);
        streams.opened.take(); // the reset was read
        open.get(1).sendResponse(ANSWER, new Zeros(100));
        pipes.toClient().release();
        assertThat(dataUntil(Frame.DATA, 3)).as("what the pipe had begun of 200 000").isLessThanOrEqualTo(BEGUN);
    }

    private BlockingQueue<String> sendBehindAFullPipe(Http2Stream stream) throws InterruptedException {
        pipes.toClient().hold();
        BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        inBackground(() -> failures.add(failure(() -> stream.sendResponse(ANSWER, new Zeros(4 << 20)))));
        awaitFull();
        while (server.bytesQueued() < LIMITS.maxPendingBytes() - 16_384 - 9 && failures.isEmpty()) {
            Thread.onSpinWait(); // until it waits for room; the test has a time limit
        }
        return failures;
    }

    /** {@return the bytes of stream 1 before the first frame of that type and stream} Each of its frames is whole. */
    private int dataUntil(int type, int stream) throws IOException {
        int bytes = 0;
        for (RawFrame frame = client.read(); frame.type() != type || frame.stream() != stream; frame = client.read()) {
            if (frame.type() == Frame.DATA) {
                assertThat(frame.payload()).containsOnly(0);
                bytes += frame.payload().length;
            }
        }
        return bytes;
    }

    private Http2Stream stuckSender(BlockingQueue<String> failures) throws Exception {
        client.greet().request(1, true);
        Http2Stream stream = streams.opened.take();
        inBackground(() -> failures.add(failure(() -> stream.sendResponse(ANSWER, new Zeros(1 << 20)))));
        int received = 0;
        while (received < 65_535) {
            received += client.read(Frame.DATA).payload().length;
        }
        return stream;
    }

    /** Open streams to a client whose windows are never the limit. */
    private List<Http2Stream> openWide(int count) throws Exception {
        client.greet().setting(Settings.INITIAL_WINDOW_SIZE, 1 << 30).numbers(Frame.WINDOW_UPDATE, 0, 0, 1 << 30);
        List<Http2Stream> open = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            client.request(2 * i + 1, true);
            open.add(streams.opened.take());
        }
        for (int i = 0; i < count; i++) {
            String event = streams.events.take();
            while (!event.endsWith("ended")) {
                event = streams.events.take();
            }
        }
        return open;
    }

    private void awaitFull() throws InterruptedException {
        pipes.toClient().awaitUnread(PIPE);
    }

    private static Thread inBackground(Action action) {
        return Thread.ofVirtual().start(() -> {
            try {
                action.run();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String failure(Action action) {
        try {
            action.run();
            return "nothing failed";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException _) {
            return "interrupted";
        }
    }

    /** An action that sends. */
    private interface Action {
        void run() throws IOException, InterruptedException;
    }

    /** Zeros that may wait. */
    private static final class Patient extends Zeros {
        Patient(int count) {
            super(count);
        }

        @Override
        public boolean mayWait() {
            return true;
        }
    }

    /** Any number of zeros. */
    private static class Zeros implements Payload {
        private int left;

        Zeros(int count) {
            this.left = count;
        }

        @Override
        public int remaining() {
            return left;
        }

        @Override
        public void take(byte[] target, int offset, int length) {
            Arrays.fill(target, offset, offset + length, (byte) 0);
            left -= length;
        }
    }

    private final class Counting extends OutputStream {
        private final OutputStream next;

        Counting(OutputStream next) {
            this.next = next;
        }

        @Override
        public void write(int b) throws IOException {
            next.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writes.incrementAndGet();
            largest.accumulateAndGet(length, Math::max);
            next.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            next.close();
        }
    }
}
