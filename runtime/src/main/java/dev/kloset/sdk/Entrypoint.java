package dev.kloset.sdk;

import dev.kloset.ExporterFactory;
import dev.kloset.ImporterFactory;
import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.StoreFactory;

/**
 * Turns a {@code main} method into a plugin: {@code Entrypoint.run(args, plugin)}.
 *
 * <p>The methods take over standard input and output and return never: the process ends when the host is gone. From then
 * on {@link System#in} is empty and {@link System#out} prints to standard error.
 *
 * <p>The arguments of the process may also ask for something else than serving a host:
 * <ul>
 * <li>{@code about} and {@code about --json} say what the plugin offers;
 * <li>{@code doctor -o location=LOCATION -o KEY=VALUE ...} tries the connectors with the settings of a user and says what is
 * wrong;
 * <li>{@code train} rehearses the protocol without a host, from which the JVM can make a start-up cache;
 * <li>{@code attach SOCKET} serves hosts that come through a socket, which is how a plugin runs under a debugger.
 * </ul>
 *
 * <p>Beside these, {@code --stats} or {@code --stats=json} asks for a summary on standard error of what the process has done, as
 * {@code KLOSET_STATS=1} or {@code KLOSET_STATS=json} in the environment does.
 *
 * <p>The tools that make a package ask the process what it offers. Only {@link #run} tells them: of a process that was
 * made with one of the other methods nobody knows name and protocols.
 */
public final class Entrypoint {

    private Entrypoint() {}

    /** Serve an importer under whatever protocol the host asks for. Packaging tools need {@link #run}. */
    public static void importer(String[] args, ImporterFactory factory) {
        serve(args, Offering.of(Kind.IMPORTER, factory, () -> Services.importer(factory)));
    }

    /** Serve an exporter under whatever protocol the host asks for. Packaging tools need {@link #run}. */
    public static void exporter(String[] args, ExporterFactory factory) {
        serve(args, Offering.of(Kind.EXPORTER, factory, () -> Services.exporter(factory)));
    }

    /** Serve a store under whatever protocol the host asks for. Packaging tools need {@link #run}. */
    public static void storage(String[] args, StoreFactory factory) {
        serve(args, Offering.of(Kind.STORAGE, factory, () -> Services.storage(factory)));
    }

    /**
     * Serve everything that {@code plugin} offers. The first call of the host selects kind and protocol; the argument
     * {@code importer}, {@code exporter} or {@code storage} restricts the process to that kind.
     */
    public static void run(String[] args, Plugin plugin) {
        serve(args, Offering.of(plugin));
    }

    private static void serve(String[] args, Offering offering) {
        nameJars();
        PluginMain.begin();
        if (Commands.isCommand(args)) {
            // Not halted: the JVM writes what it has recorded for a start-up cache on the ordinary way out.
            System.exit(Commands.run(args, offering, PluginMain.standardError()));
        }
        int status = PluginMain.run(args, offering.services());
        if (Observers.flight()) {
            // The JVM writes its recordings on the ordinary way out, which PluginMain has seen to be a short one.
            System.exit(status);
        }
        Runtime.getRuntime().halt(status);
    }

    /**
     * Let {@code java.class.path} name the jars where everybody finds them. The launcher's class path leads through a descriptor of
     * this process, so that a start-up cache fits wherever the package is, and the JVM has read it by now. Libraries such as Hadoop and
     * Spark start other processes with it, which do not have the descriptor.
     */
    private static void nameJars() {
        String directory = System.getProperty("kloset.directory");
        String classPath = System.getProperty("java.class.path");
        if (directory != null && classPath != null) {
            System.setProperty("java.class.path", classPath.replace("/proc/self/fd/5/", directory.concat("/")));
        }
    }
}
