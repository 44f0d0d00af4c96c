package dev.kloset.sdk;

import dev.kloset.ConnectorContext;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A plugin process that gets in the way of others. Its first ping blocks in a channel whose close waits for ever; later ones
 * answer. Its listing calls back from native code, and its file {@code /computed} computes for ever.
 */
final class StubbornPlugin {

    static final String BLOCKED = "blocked in a channel";
    static final String CLOSING = "closing the channel for ever";
    static final int RECORDS = 3_000;

    private StubbornPlugin() {}

    public static void main(String[] args) {
        Entrypoint.importer(args, Stubborn::new);
    }

    /** A channel of a client library that takes leave of its server when it is closed. */
    private static final class Channel extends AbstractInterruptibleChannel {

        private final CountDownLatch never = new CountDownLatch(1);

        void block() throws IOException {
            begin();
            try {
                say(BLOCKED);
                awaitUninterruptibly();
            } finally {
                end(false);
            }
        }

        @Override
        protected void implCloseChannel() {
            say(CLOSING);
            awaitUninterruptibly();
        }

        private void awaitUninterruptibly() {
            while (true) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    // It ignores interrupts.
                }
            }
        }
    }

    @SuppressWarnings("SystemOut") // how the test follows it
    private static void say(String what) {
        System.err.println(what);
    }

    /** The connector. */
    private static final class Stubborn implements Importer {

        private final AtomicInteger pings = new AtomicInteger();

        Stubborn(ConnectorContext context) {}

        @Override
        public String origin() {
            return "o";
        }

        @Override
        public String type() {
            return "t";
        }

        @Override
        public String root() {
            return "/";
        }

        @Override
        public void ping() throws IOException {
            if (pings.getAndIncrement() == 0) {
                new Channel().block();
            }
        }

        /** Emits all records within one call of {@code qsort}, as C libraries list: they call back. */
        @Override
        @SuppressWarnings("restricted")
        public void importRecords(RecordSink records) throws IOException {
            Linker linker = Linker.nativeLinker();
            try (Arena arena = Arena.ofConfined()) {
                MethodHandle sort = linker.downcallHandle(linker.defaultLookup().find("qsort").orElseThrow(),
                        FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                                ValueLayout.ADDRESS));
                MethodHandle emit = MethodHandles.lookup()
                        .findStatic(Stubborn.class, "emitAll",
                                MethodType.methodType(int.class, RecordSink.class, MemorySegment.class,
                                        MemorySegment.class))
                        .bindTo(records);
                MemorySegment stub = linker.upcallStub(emit, FunctionDescriptor.of(ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS, ValueLayout.ADDRESS), arena);
                sort.invoke(arena.allocate(2), 2L, 1L, stub);
            } catch (Throwable e) {
                throw new IOException("cannot list", e);
            }
        }

        @SuppressWarnings("unused") // called by native code
        private static int emitAll(RecordSink records, MemorySegment one, MemorySegment other) {
            try {
                records.emit(FileRecord.file("/computed", 1, Instant.EPOCH, compute()));
                for (int i = 1; i < RECORDS; i++) {
                    records.emit(FileRecord.file("/file-" + i, 1, Instant.EPOCH, Content.of("x")));
                }
            } catch (IOException | InterruptedException e) {
                say("cannot emit: " + e);
            }
            return 0;
        }

        private static Content compute() {
            return () -> {
                say("computing");
                while (true) {
                    Thread.onSpinWait();
                }
            };
        }
    }
}
