package dev.kloset.sdk.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.XattrType;
import dev.kloset.sdk.internal.observe.NoSpan;
import dev.kloset.sdk.internal.observe.Observer;
import dev.kloset.sdk.internal.service.HostEnd;
import dev.kloset.sdk.internal.service.Services;
import dev.kloset.support.Retries;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.protobuf.Rpc;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts that one process serves at the same time, as under {@code attach}: none learns what belongs to another. */
class TwoHostsTest {

    private static final String SECRETS = "s3cret-of-one and s3cret-of-two";

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final ProcessLog log = new ProcessLog(LogSettings.of(Map.of()), () -> HostContext.current().connector(),
            line -> lines.add(new String(line, StandardCharsets.UTF_8)), Clock.systemUTC(), System::nanoTime);
    private final Plugin plugin = Plugin.builder("demo")
            .importer("one", Author::new)
            .importer("two", Author::new)
            .build();
    private final Services ofOne = Services.of(plugin, new HostContext());
    private final Services ofTwo = Services.of(plugin, new HostContext());
    private final HostEnd one = new HostEnd(ofOne);
    private final HostEnd two = new HostEnd(ofTwo);

    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** An author's code, which has nothing but its threads: one of each kind, and a pool of its own. */
    private final class Author implements Importer {

        private final String name;
        private final ExecutorService pool = Executors.newSingleThreadExecutor();

        Author(ConnectorContext context) {
            name = context.proto();
        }

        @Override
        public String origin() {
            return name;
        }

        @Override
        public String type() {
            return name;
        }

        @Override
        public String root() {
            return "/";
        }

        @Override
        public void ping() throws IOException, InterruptedException {
            work("call");
            Thread.ofPlatform().start(() -> work("thread")).join();
            Thread.ofVirtual().start(() -> work("virtual thread")).join();
            pool.execute(() -> work("pool"));
            pool.close();
            throw new IOException(SECRETS);
        }

        private void work(String where) {
            log.event(Level.WARNING, "author", where + " of " + name, null);
            Retries.report(where + " of " + name);
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            records.emit(FileRecord.file("/stuck", 1, Instant.EPOCH,
                    () -> new FilterInputStream(InputStream.nullInputStream()) {

                        @Override
                        public int read(byte[] buffer, int offset, int length) throws IOException {
                            reading.countDown();
                            try {
                                closed.await();
                            } catch (InterruptedException e) {
                                throw new InterruptedIOException();
                            }
                            return -1;
                        }

                        @Override
                        public void close() {
                            work("close of a content");
                            closed.countDown();
                        }
                    }));
        }

        @Override
        public void close() {
            work("close");
        }
    }

    /** Records calls and retries. */
    private static final class Heard implements Observer {

        private final List<String> words = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Span call(String path) {
            words.add(Rpc.method(path));
            return NoSpan.INSTANCE;
        }

        @Override
        public Span content(String name, Direction direction) {
            return NoSpan.INSTANCE;
        }

        @Override
        public Span waiting(Wait wait) {
            return NoSpan.INSTANCE;
        }

        @Override
        public void record(ConnectorRecord record) {}

        @Override
        public void result(ConnectorRecord record, @Nullable String error) {}

        @Override
        public void sizeDiffers(String pathname, long announced, long sent) {}

        @Override
        public void retry(String reason) {
            words.add(reason);
        }

        @Override
        public void save() {}
    }

    private static void init(HostEnd host, String proto) throws Exception {
        host.unary(Rpc.IMPORTER + Rpc.INIT, new InitRequest(Options.builder().build(), proto,
                Map.of("location", proto + "://x", "password", "s3cret-of-" + proto)).encode());
    }

    private static void ping(HostEnd host, String sentence) {
        assertThatThrownBy(() -> host.unary(Rpc.IMPORTER + Rpc.PING, Empty.encode()))
                .hasMessage(sentence);
    }

    @AfterEach
    void end() {
        one.close();
        two.close();
    }

    private void pingBoth() throws Exception {
        init(one, "one");
        init(two, "two");
        ping(one, "*** and s3cret-of-two");
        ping(two, "s3cret-of-one and ***");
    }

    @Test
    void aHostReadsNoStarsForTheSecretsOfAnother() throws Exception {
        pingBoth();
        assertThat(SecretRedactor.ofThisProcess().hide(SECRETS)).isEqualTo("*** and ***");
    }

    @Test
    void everyLineOfTheLogNamesTheConnectorOfItsHost() throws Exception {
        pingBoth();
        one.close();
        two.close();
        for (String name : List.of("one", "two")) {
            for (String where : List.of("call", "thread", "virtual thread", "pool", "close")) {
                assertThat(lines).containsOnlyOnce(
                        "warning: " + name + " importer: " + where + " of " + name + "\n");
            }
        }
        assertThat(lines).hasSize(10);
    }

    /** Whichever comes first closes it: its own thread, which the interrupt wakes, or one that serves all hosts. */
    @Test
    void aContentThatIsCancelledIsClosedForItsHost() throws Exception {
        init(one, "one");
        init(two, "two");
        ClientCall listing = two.call(Rpc.IMPORTER + Rpc.IMPORT);
        HostEnd.nextRecord(listing);
        ClientCall open = two.call(Rpc.IMPORTER + Rpc.OPEN);
        open.send(new OpenRequest("/stuck", false, "", XattrType.EXTENDED, "").encode());
        open.halfClose();
        reading.await();
        open.cancel();
        closed.await();
        assertThat(lines).containsOnlyOnce("warning: two importer /stuck: close of a content of two\n");
    }

    @Test
    void anObserverHearsOfItsOwnHostOnly() throws Exception {
        Heard heard = new Heard();
        ofTwo.observers().add(heard);
        pingBoth();
        assertThat(heard.words).containsExactly("Init", "Ping", "call of two", "thread of two", "virtual thread of two",
                "pool of two");
    }

    @Test
    void aThreadOfNoHostWorksForTheProcess() throws Exception {
        Heard heard = new Heard();
        ofOne.observers().add(heard);
        pingBoth();
        heard.words.clear();
        log.event(Level.WARNING, "author", "a thread of the test", null);
        Retries.report("nothing that a host wants to know");
        assertThat(HostContext.current()).isSameAs(HostContext.ofThisProcess());
        assertThat(lines).contains("warning: plugin: a thread of the test\n");
        assertThat(heard.words).isEmpty();
    }

    @Test
    void aThreadOfCallsForgetsItsHost() throws Exception {
        List<HostContext> seen = new ArrayList<>();
        HostContext host = new HostContext();
        host.enter();
        seen.add(HostContext.current());
        Thread.ofPlatform().start(() -> seen.add(HostContext.current())).join();
        host.leave();
        seen.add(HostContext.current());
        assertThat(seen).containsExactly(host, host, HostContext.ofThisProcess());
    }
}
