package dev.kloset.sdk.internal.observe;

import dev.kloset.ConnectorRecord;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.observe.Observer.Direction;
import dev.kloset.sdk.internal.observe.Observer.Span;
import dev.kloset.sdk.internal.observe.Observer.Wait;
import dev.kloset.sdk.internal.version.Versions;
import dev.kloset.support.Retries;
import dev.kloset.wire.grpc.CallHandler;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The observers of everything that happens for one host. There are none unless a user asked for statistics or the JVM is
 * recording its flight; then each of these methods only reads one field.
 */
public final class Observers {

    /** The environment variable that asks for statistics: {@code json} for one JSON object, {@code off}, or anything else. */
    public static final String VARIABLE = "KLOSET_STATS";

    /** The argument of the plugin that asks for them. */
    private static final String ARGUMENT = "--stats";

    /** The JVM sets it when a recording starts, at any time. Reading it loads none of the recorder's classes. */
    private static final String FLIGHT_REPOSITORY = "jdk.jfr.repository";

    /** Made on first use: the JVM has one flight recorder, so all hosts share this. */
    private static final class Flight {
        static final Observer EVENTS = new FlightEvents();
    }

    private final HostContext host;
    private volatile @Nullable Observer current;
    private volatile @Nullable ImportProgress progress; // of the import that is running, if a user reads it
    private volatile boolean flight; // looked for, whether or not it could be observed

    public Observers(HostContext host) {
        this.host = host;
    }

    /** {@return the host that is observed} */
    public HostContext host() {
        return host;
    }

    /**
     * Begin to count if the user asked for it in the environment or by an argument; the argument takes precedence.
     *
     * @param versions stand in the summary
     * @return the other arguments
     */
    public String[] begin(@Nullable String setting, String[] args, Versions versions) {
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
            add(new Statistics(host, versions, wanted.equalsIgnoreCase("json"), System::nanoTime));
        }
        return Arrays.copyOf(rest, others);
    }

    /** From now on report to {@code observer} too. */
    public synchronized void add(Observer observer) {
        Observer others = current;
        Observer all = others == null ? observer : new CompositeObserver(others, observer);
        current = all;
        host.onRetry(all::retry);
        Retries.listener(HostContext::retried);
    }

    /** {@return whether the JVM records its flight, and this host's calls are part of the recording} */
    public boolean flight() {
        return flight;
    }

    /** {@return whether anything is observed} The JVM may have begun to record its flight since the last call. */
    public boolean areThere() {
        return current != null || System.getProperty(FLIGHT_REPOSITORY) != null;
    }

    /** {@return {@code handler}, observed} Looks for the flight recorder first: it may have started since. */
    public CallHandler call(String path, CallHandler handler) {
        if (!flight && System.getProperty(FLIGHT_REPOSITORY) != null) {
            joinFlight();
        }
        Observer observer = current;
        return observer == null ? handler : new ObservedCall(path, handler, observer);
    }

    private synchronized void joinFlight() {
        if (flight) {
            return;
        }
        try {
            add(Flight.EVENTS);
        } catch (LinkageError e) {
            System.getLogger("dev.kloset.sdk").log(Level.DEBUG, "this Java has no flight recorder", e);
        }
        flight = true;
    }

    /** Show how far the import that begins is; null for none. It is no observer: what is observed is not read ahead. */
    public void progress(@Nullable ImportProgress shown) {
        progress = shown;
    }

    /** {@return how far the running import is, if a user reads it} */
    public @Nullable ImportProgress progress() {
        return progress;
    }

    public Span content(Supplier<String> name, Direction direction) {
        Observer observer = current;
        return observer == null ? NoSpan.INSTANCE : observer.content(name.get(), direction);
    }

    public Span waiting(Wait wait) {
        Observer observer = current;
        return observer == null ? NoSpan.INSTANCE : observer.waiting(wait);
    }

    public void record(ConnectorRecord record) {
        ImportProgress shown = progress;
        if (shown != null) {
            shown.record();
        }
        Observer observer = current;
        if (observer != null) {
            observer.record(record);
        }
    }

    public void result(ConnectorRecord record, @Nullable String error) {
        Observer observer = current;
        if (observer != null) {
            observer.result(record, error);
        }
    }

    void sizeDiffers(String pathname, long announced, long sent) {
        Observer observer = current;
        if (observer != null) {
            observer.sizeDiffers(pathname, announced, sent);
        }
    }

    public void save() throws InterruptedException {
        Observer observer = current;
        if (observer != null) {
            observer.save();
        }
    }
}
