package dev.kloset.sdk;

import dev.kloset.ConfigException;
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
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A plugin process whose importer makes, by its location, a mistake that authors make. */
final class AuthorPlugin implements Importer {

    /** How many records native code emits. */
    static final int NATIVE = 3000;

    /** How many files have another size than announced. */
    static final int WRONG = 13;

    private final String place;

    private AuthorPlugin(ConnectorContext context) throws ConfigException {
        this.place = context.config().location().path();
    }

    public static void main(String[] args) {
        Entrypoint.importer(args, AuthorPlugin::new);
    }

    @Override
    public String origin() {
        return "here";
    }

    @Override
    public String type() {
        return "author";
    }

    @Override
    public String root() {
        return "/";
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        switch (place) {
            case "platform" -> dying(records, Thread.ofPlatform().name("walker")).join();
            case "virtual" -> dying(records, Thread.ofVirtual().name("walker")).join();
            case "waited-for" -> {
                dying(records, Thread.ofVirtual().name("walker"));
                new CountDownLatch(1).await();
            }
            case "caught" -> {
                records.emit(file(0, 1));
                FutureTask<Void> unrelated = new FutureTask<>(() -> {
                    throw new IllegalStateException("a parser that nobody needs");
                });
                Thread thread = Thread.ofVirtual()
                        .start(() -> {
                            throw new IllegalStateException("a thread that never emitted");
                        });
                unrelated.run();
                thread.join();
                try {
                    unrelated.get();
                } catch (ExecutionException e) {
                    // The author knows about it.
                }
            }
            case "native" -> sortAndEmit(records);
            case "sizes" -> {
                for (int i = 0; i < WRONG; i++) {
                    records.emit(file(i, 30));
                }
                records.emit(file(WRONG, 3));
                records.emit(FileRecord.file("/unknown", -1, Instant.EPOCH, Content.of("abc")));
            }
            default -> throw new IOException("there is no " + place);
        }
    }

    private static FileRecord file(int number, long size) {
        return FileRecord.file("/f" + number, size, Instant.EPOCH, Content.of("abc"));
    }

    private static Thread dying(RecordSink records, Thread.Builder builder) {
        return builder.start(() -> {
            try {
                records.emit(file(0, 3));
            } catch (IOException | InterruptedException e) {
                return;
            }
            throw new IllegalStateException("the listing of /sub has no end");
        });
    }

    // ---- the C library sorts, and calls back for each pair

    private static int emitted;

    @SuppressWarnings("restricted") // Native code that calls back is the purpose of this class.
    private static void sortAndEmit(RecordSink records) throws IOException {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle compare = MethodHandles.lookup()
                    .findStatic(AuthorPlugin.class, "compare", MethodType.methodType(int.class, RecordSink.class,
                            MemorySegment.class, MemorySegment.class))
                    .bindTo(records);
            MemorySegment callback = linker.upcallStub(compare, FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS, ValueLayout.ADDRESS), arena);
            MethodHandle qsort = linker.downcallHandle(linker.defaultLookup().find("qsort").orElseThrow(),
                    FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS));
            qsort.invokeExact(arena.allocate(ValueLayout.JAVA_INT, 2000), 2000L, 4L, callback);
        } catch (Throwable t) {
            throw new IOException("cannot sort", t);
        }
    }

    /** Native code cannot handle exceptions. */
    static int compare(RecordSink records, MemorySegment one, MemorySegment other) {
        if (emitted < NATIVE) {
            try {
                records.emit(file(emitted++, 3));
            } catch (IOException | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Long.compare(one.address(), other.address());
    }
}
