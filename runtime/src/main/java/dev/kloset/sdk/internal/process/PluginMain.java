package dev.kloset.sdk.internal.process;

import dev.kloset.Plugin.Kind;
import dev.kloset.internal.NearestWord;
import dev.kloset.sdk.internal.failure.UncaughtHandler;
import dev.kloset.sdk.internal.log.JulBridge;
import dev.kloset.sdk.internal.log.Network;
import dev.kloset.sdk.internal.log.ProcessLog;
import dev.kloset.sdk.internal.log.RedactedErrors;
import dev.kloset.sdk.internal.observe.FlightRecordings;
import dev.kloset.sdk.internal.observe.Observers;
import dev.kloset.sdk.internal.observe.Watchdog;
import dev.kloset.sdk.internal.service.Services;
import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.recording.Recorder;
import dev.kloset.wire.stdio.StandardError;
import dev.kloset.wire.stdio.StandardPipes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The life of a plugin process: look at the arguments, serve the pipes until the host is gone, clean up, end. */
public final class PluginMain {

    /** How long handlers and connectors may clean up once the host is gone. The host may kill us at any moment anyway. */
    private static final Duration CLEAN_UP = Duration.ofMillis(1800);

    /** How much of the remaining time an unwritten recording may take. */
    private static final Duration LAST_LINES = Duration.ofMillis(100);

    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private static final List<String> WORDS = List.of("importer", "exporter", "storage", "about", "doctor", "load",
            "train",
            "attach", "--stats", "--help");

    private PluginMain() {}

    /** {@return the exit status} Runs on the main thread and blocks until the host is gone. */
    public static int run(String[] arguments, Services services) {
        prepare();
        ProcessLog.begin(System.getenv(), services.versions());
        PrintStream errors = StandardError.forPeople();
        String[] args = services.observers()
                .begin(System.getenv(Observers.VARIABLE), arguments,
                        services.versions());
        try {
            if (args.length > 1 || args.length == 1 && !restrict(args[0], services)) {
                return refuse(args, errors, services);
            }
            if (StandardPipes.startedAtTerminal()) {
                return usage(errors, services, USAGE);
            }
            String refusal = StandardPipes.refusal();
            if (refusal != null) {
                errors.println(refusal);
                return USAGE;
            }
            return serve(services, errors);
        } catch (IOException e) {
            errors.println("cannot use the pipes to the host: " + Sentence.of(e));
            return FAILED;
        } catch (InterruptedException e) {
            return FAILED;
        }
    }

    /** Prepare the process, so that failures on any thread and log events are reported properly. */
    public static void prepare() {
        RedactedErrors.install();
        Thread.setDefaultUncaughtExceptionHandler(new UncaughtHandler());
        Network.nameAddresses();
        JulBridge.offer();
    }

    /**
     * Do once everything that a process does around its calls, for a host that goes away at once. Without these steps in a
     * start-up cache, they cost every start about as much as the rest of the start together.
     */
    static void rehearse(Services services) throws IOException, InterruptedException {
        prepare();
        ProcessLog.begin(Map.of(), services.versions());
        // Without the environment: a rehearsal is not a session to record or watch.
        serve(services, InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                new PrintStream(OutputStream.nullOutputStream()), Duration.ofDays(1), Map.of());
    }

    private static int serve(Services services, PrintStream errors) throws IOException, InterruptedException {
        StandardPipes pipes = StandardPipes.claim();
        return serve(services, pipes.in(), pipes.out(), errors, LAST_MOMENT, System.getenv());
    }

    private static int serve(Services services, InputStream in, OutputStream out, PrintStream errors,
            Duration lastMoment, Map<String, String> environment) throws IOException, InterruptedException {
        // As few lambdas as possible: every start makes their classes.
        Consumer<String> lines = errors::println;
        Recorder recorder = Recorder.of(environment, false, () -> ProcessHandle.current().pid(), lines)
                .orElse(null);
        GrpcServer server = GrpcServer.start(recorder == null ? in : recorder.in(in),
                recorder == null ? out : recorder.out(out), services, GrpcLimits.defaults());
        Watchdog.start(environment.get(Watchdog.VARIABLE), server, lines);
        server.awaitEnd();
        haltWithin(services.observers().flight() ? lastMoment.plus(FlightRecordings.PATIENCE) : lastMoment);
        services.end(CLEAN_UP);
        services.observers().save();
        if (recorder != null) {
            recorder.close(LAST_LINES);
        }
        ProcessLog.flushIfUsed();
        RedactedErrors.finish();
        IOException failure = server.failure();
        if (failure == null) {
            return OK;
        }
        errors.println("the connection to the host broke: " + Sentence.of(failure));
        return FAILED;
    }

    /** End the process even if the clean-up hangs: no user would ever look for it. */
    static void haltWithin(Duration lastMoment) {
        Thread.ofPlatform().daemon().name("kloset-end").start(() -> haltAfter(lastMoment));
    }

    private static void haltAfter(Duration lastMoment) {
        try {
            // Not Thread.sleep: it would load two classes of the JDK that no start-up cache can hold.
            boolean ignored = new CountDownLatch(1).await(lastMoment.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // No code interrupts this thread; ending sooner would do no harm.
        }
        Runtime.getRuntime().halt(FAILED);
    }

    private static boolean restrict(String word, Services services) {
        for (Kind kind : Kind.values()) {
            if (kind.manifestType().equals(word)) {
                return services.restrictTo(kind);
            }
        }
        return false;
    }

    private static boolean wantsHelp(String[] args) {
        String word = args[0].toLowerCase(Locale.ROOT);
        return word.equals("--help") || word.equals("-h") || word.equals("help");
    }

    private static String name(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }

    private static int refuse(String[] args, PrintStream errors, Services services) {
        if (wantsHelp(args)) {
            return usage(errors, services, OK);
        }
        // Not repeated: one of them may be a password.
        String question = NearestWord.question(name(args[0]), WORDS);
        errors.println("This plugin does not understand its " + (args.length == 1 ? "argument" : "arguments")
                + (question.isEmpty() ? "." : question));
        return usage(errors, services, USAGE);
    }

    private static int usage(PrintStream errors, Services services, int status) {
        errors.println(
                "This is a plugin for Plakar. Plakar starts it and talks to it over its standard input and output;");
        errors.println("it does nothing useful in a terminal.");
        errors.println();
        errors.println("It offers:");
        services.describe().forEach(line -> errors.println("  " + line));
        errors.println();
        errors.println("To use it, add its package to Plakar: plakar pkg add FILE.ptar");
        errors.println("Its argument may be importer, exporter or storage, to serve that kind alone. Other arguments:");
        errors.println("  about [--json]        say what this plugin offers, with all options");
        errors.println("  doctor -o location=LOCATION [-o KEY=VALUE]...");
        errors.println("                        try settings, connection, listing and reading, and say what is wrong");
        errors.println("  load                  load the plugin's classes, and say which of them cannot be");
        errors.println(
                "  train [LOCATION...]   rehearse, for a start-up cache; LOCATION as in importer=files:///tmp/x");
        errors.println("  --version             say which versions of this plugin, of the SDK and of Java run");
        errors.println("  --stats[=json]        beside the kind: say at the end what was done, and how long it took");
        errors.println("  attach SOCKET         serve hosts that come through a socket, under a debugger");
        return status;
    }
}
