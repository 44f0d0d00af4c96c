package dev.kloset.sdk;

import dev.kloset.ConnectorRecord;
import dev.kloset.sdk.Observer.Direction;
import dev.kloset.sdk.Observer.Span;
import dev.kloset.sdk.Observer.Wait;
import dev.kloset.support.Retries;
import dev.kloset.wire.grpc.CallHandler;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what happens in this process: nobody, unless a user asked for statistics or the JVM is recording its flight. Then
 * each of these methods is a look at one field.
 */
final class Observers {

    /** The environment variable that asks for statistics: {@code json} for one JSON object, {@code off}, or anything else. */
    static final String VARIABLE = "KLOSET_STATS";

    /** The argument of the plugin that asks for them. */
    private static final String ARGUMENT = "--stats";

    /** The JVM sets it when a recording starts, at any time. Looking here needs none of its classes. */
    private static final String FLIGHT_REPOSITORY = "jdk.jfr.repository";

    private static volatile @Nullable Observer current;
    private static volatile boolean flight; // looked at, whether it could be observed or not

    private Observers() {}

    /**
     * Begin to count if the user asked for it, in the environment or by an argument, which counts more.
     *
     * @return the other arguments
     */
    static String[] begin(@Nullable String setting, String[] args) {
        String wanted = setting == null ? "" : setting.strip();
        String[] rest = new String[args.length];
        int others = 0;
        for (String arg : args) {
            if (arg.equals(ARGUMENT)) {
                wanted = "text";
            } else if (arg.equals(ARGUMENT + "=json")) {
                wanted = "json";
            } else {
                rest[others++] = arg;
            }
        }
        if (!wanted.isEmpty() && !wanted.equals("0") && !wanted.equalsIgnoreCase("off")) {
            add(new Statistics(wanted.equalsIgnoreCase("json"), System::nanoTime));
        }
        return Arrays.copyOf(rest, others);
    }

    /** Tell {@code observer} too, from now on. */
    static synchronized void add(Observer observer) {
        Observer others = current;
        Observer all = others == null ? observer : new BothObservers(others, observer);
        current = all;
        Retries.listener(all::retry);
    }

    /** {@return whether the JVM records its flight, and this process tells it} */
    static boolean flight() {
        return flight;
    }

    /** {@return {@code handler}, observed} The flight recorder is looked for here: it may have started since. */
    static CallHandler call(String path, CallHandler handler) {
        if (!flight && System.getProperty(FLIGHT_REPOSITORY) != null) {
            joinFlight();
        }
        Observer observer = current;
        return observer == null ? handler : observed(path, handler, observer);
    }

    private static synchronized void joinFlight() {
        if (flight) {
            return;
        }
        try {
            add(new FlightEvents());
        } catch (LinkageError e) {
            System.getLogger("dev.kloset.sdk").log(Level.DEBUG, "this Java has no flight recorder", e);
        }
        flight = true;
    }

    private static CallHandler observed(String path, CallHandler handler, Observer observer) {
        return call -> {
            Span span = observer.call(path);
            Throwable failure = null;
            try {
                handler.handle(call);
            } catch (Throwable t) {
                failure = t;
                throw t;
            } finally {
                span.end(0, failure);
            }
        };
    }

    static Span content(Supplier<String> name, Direction direction) {
        Observer observer = current;
        return observer == null ? Span.NOBODYS : observer.content(name.get(), direction);
    }

    static Span waiting(Wait wait) {
        Observer observer = current;
        return observer == null ? Span.NOBODYS : observer.waiting(wait);
    }

    static void record(ConnectorRecord record) {
        Observer observer = current;
        if (observer != null) {
            observer.record(record);
        }
    }

    static void result(ConnectorRecord record, @Nullable String error) {
        Observer observer = current;
        if (observer != null) {
            observer.result(record, error);
        }
    }

    static void sizeDiffers(String pathname, long announced, long sent) {
        Observer observer = current;
        if (observer != null) {
            observer.sizeDiffers(pathname, announced, sent);
        }
    }

    static void save() throws InterruptedException {
        Observer observer = current;
        if (observer != null) {
            observer.save();
        }
    }
}
