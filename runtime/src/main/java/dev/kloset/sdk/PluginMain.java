package dev.kloset.sdk;

import dev.kloset.Plugin.Kind;
import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.GrpcLimits;
import dev.kloset.wire.grpc.GrpcServer;
import dev.kloset.wire.recording.Recorder;
import dev.kloset.wire.stdio.StandardPipes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The life of a plugin process: look at the arguments, serve the pipes until the host is gone, clean up, end. */
final class PluginMain {

    /** How long handlers and connectors may clean up once the host is gone. The host may kill us at any moment anyway. */
    private static final Duration CLEAN_UP = Duration.ofMillis(1800);

    /** What a recording that is not written yet may take of the time that is left. */
    private static final Duration LAST_LINES = Duration.ofMillis(100);

    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private static volatile boolean serving; // of the process: only then an exit is none of the author's business

    private PluginMain() {}

    /** {@return whether this process is a plugin, not a test or a tool that has this class} */
    static boolean isServing() {
        return serving;
    }

    /** From now on an end of the process that the runtime does not bring about is worth a line. */
    static void begin() {
        serving = true;
    }

    /** {@return the exit status} Runs on the main thread and blocks until the host is gone. */
    static int run(String[] arguments, Services services) {
        prepare();
        ProcessLog.check(System.getenv());
        PrintStream errors = standardError();
        String[] args = Observers.begin(System.getenv(Observers.VARIABLE), arguments);
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

    /** See to it that what fails on threads and what is logged is said as it should be. */
    static void prepare() {
        RedactedErrors.install();
        Thread.setDefaultUncaughtExceptionHandler(new LastWords());
        Network.nameAddresses();
        JulBridge.offer();
    }

    /**
     * Do everything once that a process does around its calls, for a host that goes away at once: what of it is not in a
     * start-up cache costs every start about as much as the rest of the start together.
     */
    static void rehearse(Services services) throws IOException, InterruptedException {
        prepare();
        ProcessLog.check(Map.of());
        // Without the environment: a rehearsal is no session to be recorded or watched.
        serve(services, InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                new PrintStream(OutputStream.nullOutputStream()), Duration.ofDays(1), Map.of());
    }

    private static int serve(Services services, PrintStream errors) throws IOException, InterruptedException {
        StandardPipes pipes = StandardPipes.claim();
        return serve(services, pipes.in(), pipes.out(), errors, LAST_MOMENT, System.getenv());
    }

    private static int serve(Services services, InputStream in, OutputStream out, PrintStream errors,
            Duration lastMoment, Map<String, String> environment) throws IOException, InterruptedException {
        Optional<Recorder> recorder = Recorder.of(environment, false, () -> ProcessHandle.current().pid(),
                errors::println);
        GrpcServer server = GrpcServer.start(recorder.map(r -> r.in(in)).orElse(in),
                recorder.map(r -> r.out(out)).orElse(out), services, GrpcLimits.defaults());
        Watchdog.start(environment.get(Watchdog.VARIABLE), server, errors::println);
        server.awaitEnd();
        haltWithin(Observers.flight() ? lastMoment.plus(FlightRecordings.PATIENCE) : lastMoment);
        services.end(CLEAN_UP);
        Observers.save();
        if (recorder.isPresent()) {
            recorder.get().close(LAST_LINES);
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

    /** Whatever hangs in the clean-up, the process ends: nobody would ever look for it. */
    static void haltWithin(Duration lastMoment) {
        Thread.ofPlatform().daemon().name("kloset-end").start(() -> haltAfter(lastMoment));
    }

    private static void haltAfter(Duration lastMoment) {
        try {
            Thread.sleep(lastMoment);
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; ending sooner would do no harm.
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

    private static int refuse(String[] args, PrintStream errors, Services services) {
        if (wantsHelp(args)) {
            return usage(errors, services, OK);
        }
        // Not repeated: one of them may be a password.
        errors.println("This plugin does not understand its " + (args.length == 1 ? "argument." : "arguments."));
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
        errors.println(
                "  train [LOCATION...]   rehearse, for a start-up cache; LOCATION as in importer=files:///tmp/x");
        errors.println("  --stats[=json]        beside the kind: say at the end what was done, and how long it took");
        errors.println("  attach SOCKET         serve hosts that come through a socket, under a debugger");
        return status;
    }

    @SuppressWarnings("SystemOut") // The one place of the runtime that speaks to a person.
    static PrintStream standardError() {
        return System.err;
    }
}
