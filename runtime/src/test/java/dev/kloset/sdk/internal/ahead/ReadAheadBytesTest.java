package dev.kloset.sdk.internal.ahead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.wire.PipePair;
import dev.kloset.wire.grpc.GrpcClient;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.grpc.ServerCall;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many bytes are at hand, for all importers of a process together. */
class ReadAheadBytesTest {

    private static final int BYTES = 300;
    private static final int SHARE = 1000;
    private static final int FIT = 3;
    private static final int COUNT = 40;

    private final Semaphore left = new Semaphore(SHARE);
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private InputStream open() {
        most.accumulateAndGet(opened.incrementAndGet() - taken.get(), Math::max);
        return new ByteArrayInputStream(new byte[BYTES]);
    }

    private static AheadContent sent(ReadAhead all, int size, Content content) {
        return Objects.requireNonNull(
                all.sent(FileRecord.file("/f", size, Instant.EPOCH, content.withReadAhead())));
    }

    /** {@return contents that the thread reads as far as it may} */
    private List<AheadContent> convinced(ReadAhead all, ServerCall call) throws Exception {
        List<AheadContent> large = new ArrayList<>();
        for (int i = 0; i < ReadAhead.MAX_CONTENTS; i++) {
            large.add(sent(all, ReadAhead.MAX_BYTES + 1, InputStream::nullInputStream));
        }
        List<AheadContent> small = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            small.add(sent(all, BYTES, this::open));
        }
        for (AheadContent content : large) {
            content.take(call).close();
            content.done();
        }
        return small;
    }

    @Test
    void allHostsOfAProcessShareThem() throws Exception {
        ReadAhead one = new ReadAhead(new HostContext(), ReadAhead.Work::run, left);
        ReadAhead other = new ReadAhead(new HostContext(), ReadAhead.Work::run, left);
        withCall(call -> {
            List<AheadContent> ofOne = convinced(one, call);
            List<AheadContent> ofOther = convinced(other, call);
            awaitFull();
            for (int i = 0; i < COUNT; i++) {
                take(ofOne.get(i), call);
                take(ofOther.get(i), call);
            }
        });
        assertThat(opened).hasValue(2 * COUNT);
        assertThat(most).hasValue(FIT);
        assertThat(left.availablePermits()).isEqualTo(SHARE);
        one.stop();
        other.stop();
    }

    @Test
    void whatIsAtHandWhenTheImportEndsIsLetGo() throws Exception {
        ReadAhead all = new ReadAhead(new HostContext(), ReadAhead.Work::run, left);
        withCall(call -> {
            convinced(all, call);
            awaitFull();
            all.stop();
        });
        while (left.availablePermits() < SHARE) {
            Thread.onSpinWait(); // the last one may still be read
        }
        assertThat(opened).hasValue(FIT);
        assertThat(all.isActive()).isFalse();
    }

    private void awaitFull() {
        while (opened.get() < FIT) {
            Thread.onSpinWait();
        }
    }

    /** Something that needs a call of a host. */
    private interface InCall {
        void run(ServerCall call) throws Exception;
    }

    private static void withCall(InCall body) throws Exception {
        PipePair pipes = PipePair.usual();
        CompletableFuture<ServerCall> begun = new CompletableFuture<>();
        CountDownLatch over = new CountDownLatch(1);
        try (GrpcServer server = GrpcServer.start(pipes.toServer().in(), pipes.toClient().out(), _ -> call -> {
            begun.complete(call);
            over.await();
        }, GrpcLimits.defaults());
                GrpcClient client = GrpcClient.connect(pipes.toClient().in(), pipes.toServer().out(),
                        GrpcLimits.defaults())) {
            client.call("/a.B/C");
            body.run(begun.get());
            over.countDown();
            assertThat(server.failure()).isNull();
        }
    }

    private void take(AheadContent content, ServerCall call) throws Exception {
        taken.incrementAndGet();
        try (InputStream in = content.take(call)) {
            assertThat(in.readAllBytes()).hasSize(BYTES);
        }
        content.done();
    }
}
