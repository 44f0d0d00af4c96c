package dev.kloset.sdk.internal.log;

import dev.kloset.sdk.internal.version.Versions;
import dev.kloset.support.Sentence;
import dev.kloset.wire.stdio.StandardError;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of a plugin: one event, one line, one write on standard error, without secrets. For all threads.
 *
 * <p>Each level has its own limit, so that a flood of warnings does not hide an error. When the minute is over, and at the end,
 * the log says how many events it left out.
 */
public final class ProcessLog {

    /** Hosts that read in pieces could tear a longer line. */
    private static final int MAX_BYTES = 8000;

    private static final String CUT = " …";

    private final LogSettings settings;
    private final Supplier<String> connector;
    private final Consumer<byte[]> out;
    private final Clock clock;
    private final Map<Level, LogLimit> limits = new EnumMap<>(Level.class);
    private static volatile @Nullable ProcessLog used; // the last one that left something out

    private final AtomicBoolean reminded = new AtomicBoolean();

    ProcessLog(LogSettings settings, Supplier<String> connector, Consumer<byte[]> out, Clock clock,
            LongSupplier nanos) {
        this.settings = settings;
        this.connector = connector;
        this.out = out;
        this.clock = clock;
        for (Level level : Level.values()) {
            limits.put(level, new LogLimit(nanos));
        }
    }

    private static final class OfThisProcess {
        static final ProcessLog LOG = new ProcessLog(LogSettings.of(System.getenv()),
                () -> HostContext.current().connector(),
                StandardError::write,
                Clock.systemUTC(), System::nanoTime);
    }

    public static ProcessLog ofThisProcess() {
        return OfThisProcess.LOG;
    }

    /** Report at the end how much was left out. Does not make a log that no code has written to. */
    public static void flushIfUsed() {
        ProcessLog log = used;
        if (log != null) {
            log.flush();
        }
    }

    boolean shows(Level level) {
        return settings.shows(level);
    }

    /** {@return whether the user reads what is logged under this name} */
    boolean shows(Level level, String logger) {
        return settings.shows(level, logger);
    }

    /**
     * Report which of the environment's settings for the log are not valid, and begin a log of all details with what runs. Without
     * such settings this looks at the environment and nothing else.
     */
    public static void begin(Map<String, String> environment, Versions versions) {
        String mistake = LogSettings.mistake(environment);
        if (mistake != null) {
            ofThisProcess().event(Level.WARNING, "dev.kloset.sdk", mistake, null);
        }
        if (environment.containsKey(LogSettings.LEVEL) && ofThisProcess().shows(Level.DEBUG)) {
            ofThisProcess().event(Level.DEBUG, "dev.kloset.sdk", versions.line(), null);
        }
    }

    /** Write one event, unless there are too many. */
    public void event(Level level, String logger, @Nullable String message, @Nullable Throwable thrown) {
        if (!shows(level, logger)) {
            return;
        }
        LogLimit limit = limits.get(level);
        if (limit != null && !settings.showsAll() && !limit.passes()) {
            remindLater();
            return;
        }
        flush();
        write(level, logger, text(message, thrown), thrown);
    }

    /** Write how far an import is, for which its user has a switch of its own. It has no level and no limit. */
    public void progress(String itsConnector, String message) {
        LogLine line = new LogLine(clock.instant(), Level.INFO, "dev.kloset.progress", itsConnector, null, message,
                null);
        out.accept(bytes(settings.json() ? line.json() : line.plain()));
    }

    private static String text(@Nullable String message, @Nullable Throwable thrown) {
        if (thrown == null) {
            return Sentence.of(message);
        }
        return message == null || message.isBlank()
                ? Sentence.of(thrown)
                : Sentence.of(message + ": " + Sentence.of(thrown));
    }

    private void write(Level level, String logger, String message, @Nullable Throwable thrown) {
        String stack = thrown != null && settings.showsAll() ? LogLine.stack(thrown) : null;
        LogLine line = new LogLine(clock.instant(), level, logger, connector.get(), hidden(HostContext.path()),
                hide(message), stack == null ? null : hide(Sentence.of(stack)));
        out.accept(bytes(settings.json() ? line.json() : line.plain()));
        if (stack != null) {
            for (String piece : CarriedTrace.pieces(thrown)) {
                write(level, logger, piece, null);
            }
        }
    }

    private static @Nullable String hidden(@Nullable String path) {
        return path == null ? null : hide(Sentence.of(path));
    }

    private static String hide(String text) {
        return SecretRedactor.ofThisProcess().hide(text);
    }

    private static byte[] bytes(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return bytes;
        }
        int end = MAX_BYTES - CUT.length() - 4;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return (new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Report how much was left out. */
    void flush() {
        limits.forEach((level, limit) -> {
            long count = limit.takeSuppressed();
            if (count > 0) {
                write(level, "dev.kloset.sdk", count + " more suppressed", null);
            }
        });
    }

    private void remindLater() {
        used = this;
        if (!reminded.getAndSet(true)) {
            Thread.ofVirtual().name("log reminder").start(() -> {
                try {
                    Thread.sleep(LogLimit.WINDOW);
                } catch (InterruptedException e) {
                    // No code interrupts this thread; reporting sooner would do no harm.
                }
                reminded.set(false);
                flush();
            });
        }
    }
}
