package dev.kloset.sdk;

import dev.kloset.ExporterFactory;
import dev.kloset.ImporterFactory;
import dev.kloset.Plugin;
import dev.kloset.Plugin.Kind;
import dev.kloset.StoreFactory;
import dev.kloset.sdk.internal.log.ExitLogger;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.process.Commands;
import dev.kloset.sdk.internal.process.PluginMain;
import dev.kloset.sdk.internal.service.ConnectorRegistry;
import dev.kloset.sdk.internal.service.Services;
import dev.kloset.sdk.internal.temporary.TemporaryDirectory;
import dev.kloset.support.Sentence;
import dev.kloset.wire.stdio.StandardError;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@code main} method into a plugin: {@code Entrypoint.run(args, plugin)}.
 *
 * <p>The methods take over standard input and output and never return: the process ends when the host is gone. Once they are
 * called, {@link System#in} is empty and {@link System#out} prints to standard error.
 *
 * <p>The arguments of the process may also ask for something other than serving a host:
 * <ul>
 * <li>{@code about} and {@code about --json} say what the plugin offers;
 * <li>{@code doctor -o location=LOCATION -o KEY=VALUE ...} tries the connectors with a user's settings and says what is wrong;
 * <li>{@code load} loads the plugin's classes and says which of them cannot be, which is how a build finds missing modules;
 * <li>{@code train} rehearses the protocol without a host, so that the JVM can make a start-up cache from the run;
 * <li>{@code attach SOCKET} serves hosts that connect through a socket, which is how a plugin runs under a debugger;
 * <li>{@code --version} says which versions of the plugin, of the SDK and of Java run.
 * </ul>
 *
 * <p>In addition, {@code --stats} or {@code --stats=json} asks for a summary of the process's work on standard error, as does
 * {@code KLOSET_STATS=1} or {@code KLOSET_STATS=json} in the environment.
 *
 * <p>The tools that make a package ask the process what it offers. Only {@link #run} can tell them: the other methods name
 * neither the plugin nor its protocols.
 */
public final class Entrypoint {

    private static final int UNSAFE = 1;

    private Entrypoint() {}

    /** Serve an importer under any protocol that the host asks for. Packaging tools need {@link #run}. */
    public static void importer(String[] args, ImporterFactory factory) {
        serve(args, ConnectorRegistry.of(Kind.IMPORTER, factory, host -> Services.importer(factory, host)));
    }

    /** Serve an exporter under any protocol that the host asks for. Packaging tools need {@link #run}. */
    public static void exporter(String[] args, ExporterFactory factory) {
        serve(args, ConnectorRegistry.of(Kind.EXPORTER, factory, host -> Services.exporter(factory, host)));
    }

    /** Serve a store under any protocol that the host asks for. Packaging tools need {@link #run}. */
    public static void storage(String[] args, StoreFactory factory) {
        serve(args, ConnectorRegistry.of(Kind.STORAGE, factory, host -> Services.storage(factory, host)));
    }

    /**
     * Serve everything that {@code plugin} offers. The host's first call selects the kind and the protocol; the argument {@code
     * importer}, {@code exporter} or {@code storage} restricts the process to that kind.
     */
    public static void run(String[] args, Plugin plugin) {
        serve(args, ConnectorRegistry.of(plugin));
    }

    private static void serve(String[] args, ConnectorRegistry registry) {
        nameJars();
        ExitLogger.begin(Entrypoint.class);
        TemporaryDirectory temporary = claimDirectory();
        if (Commands.isCommand(args)) {
            int status = Commands.run(args, registry, StandardError.forPeople());
            release(temporary);
            // Not halted: the JVM writes its recording for a start-up cache on the ordinary way out.
            System.exit(status);
        }
        Services services = registry.services(HostContext.ofThisProcess());
        int status = PluginMain.run(args, services);
        release(temporary);
        if (services.observers().flight()) {
            // The JVM writes its recordings on the ordinary way out, which PluginMain has made sure is short.
            System.exit(status);
        }
        Runtime.getRuntime().halt(status);
    }

    private static @Nullable TemporaryDirectory claimDirectory() {
        try {
            return TemporaryDirectory.claim();
        } catch (SecurityException e) {
            StandardError.forPeople().println("cannot start: " + Sentence.of(e));
            System.exit(UNSAFE);
            return null;
        }
    }

    private static void release(@Nullable TemporaryDirectory temporary) {
        if (temporary != null) {
            temporary.close();
        }
    }

    /**
     * Let {@code java.class.path} name the jars by their usual paths. The launcher's class path leads through a descriptor of
     * this process, so that a start-up cache fits wherever the package is; the JVM has read it by now. Libraries such as Hadoop
     * and Spark start other processes with that property, and those processes do not have the descriptor.
     */
    private static void nameJars() {
        String directory = System.getProperty("kloset.directory");
        String classPath = System.getProperty("java.class.path");
        if (directory != null && classPath != null) {
            System.setProperty("java.class.path", classPath.replace("/proc/self/fd/5/", directory.concat("/")));
        }
    }
}
