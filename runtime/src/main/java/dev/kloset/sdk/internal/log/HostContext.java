package dev.kloset.sdk.internal.log;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One host that this process serves: the connector it has asked for, its secrets, and its listener for retries. It is handed down
 * to everything that works for this host.
 *
 * <p>Authors' code cannot hand it down when it logs or reports a retry. There the thread decides: it has the context of the call
 * that it runs, or of the thread that made it. A thread that inherits nothing, such as one of the common pool, has the context of
 * the process.
 */
public final class HostContext {

    /** The host of a process that serves a single one, on all of its threads; in any other process, what belongs to no host. */
    private static final HostContext PROCESS = new HostContext(SecretRedactor.ofThisProcess());

    private static final ThreadLocal<@Nullable HostContext> OF_THREAD = new InheritableThreadLocal<>();
    private static final ThreadLocal<@Nullable String> PATH = new ThreadLocal<>();

    private final SecretRedactor secrets;
    private volatile String connector = "plugin";
    private volatile String location = "";
    private volatile @Nullable Consumer<String> retries;

    /**
     * Make the context of one host beside others in this process. Standard error, which they share, hides its secrets as well.
     */
    public HostContext() {
        this(new SecretRedactor(SecretRedactor.ofThisProcess()));
    }

    private HostContext(SecretRedactor secrets) {
        this.secrets = secrets;
    }

    public static HostContext ofThisProcess() {
        return PROCESS;
    }

    /** {@return the host that the current thread works for} */
    static HostContext current() {
        HostContext mine = OF_THREAD.get();
        return mine == null ? PROCESS : mine;
    }

    /** From now on the current thread, and each thread that it makes, works for this host. Follow it with {@link #leave}. */
    public void enter() {
        if (this != PROCESS) {
            OF_THREAD.set(this);
        }
    }

    /** From now on the current thread works for no host, and on no path. */
    public void leave() {
        PATH.remove();
        if (this != PROCESS) {
            OF_THREAD.remove();
        }
    }

    /**
     * The host has asked for this connector.
     *
     * @param itsLocation without user and password
     * @param settings as they came; their secrets are hidden from now on
     */
    public void serves(String itsConnector, String itsLocation, Map<String, String> settings) {
        connector = itsConnector;
        location = itsLocation;
        secrets.learn(settings, null);
    }

    /** {@return the protocol and the kind of the connector; {@code plugin} before Init} */
    public String connector() {
        return connector;
    }

    /** {@return the connector's location without user and password; empty before Init} */
    public String location() {
        return location;
    }

    /** {@return the secrets that messages to this host hide} */
    public SecretRedactor secrets() {
        return secrets;
    }

    /** {@return {@code text} with stars instead of this host's secrets} */
    public String hide(String text) {
        return secrets.hide(text);
    }

    /** Report each retry on a thread that works for this host to {@code listener}. */
    public void onRetry(Consumer<String> listener) {
        retries = listener;
    }

    /** The current thread retries something. */
    public static void retried(String reason) {
        Consumer<String> listener = current().retries;
        if (listener != null) {
            listener.accept(reason);
        }
    }

    /** Note what this thread works on from now on; null for nothing in particular. */
    public static void path(@Nullable String pathname) {
        if (pathname == null) {
            PATH.remove();
        } else {
            PATH.set(pathname);
        }
    }

    /** {@return what this thread works on, as noted by {@link #path(String)}} */
    public static @Nullable String path() {
        return PATH.get();
    }
}
