package dev.kloset.sdk;

import dev.kloset.ExporterFactory;
import dev.kloset.ImporterFactory;
import dev.kloset.Plugin;
import dev.kloset.StoreFactory;

/**
 * Turns a {@code main} method into a plugin: {@code Entrypoint.run(args, plugin)}.
 *
 * <p>The methods take over standard input and output and return never: the process ends when the host is gone. From then
 * on {@link System#in} is empty and {@link System#out} prints to standard error.
 */
public final class Entrypoint {

    private Entrypoint() {}

    /** Serve an importer under whatever protocol the host asks for. */
    public static void importer(String[] args, ImporterFactory factory) {
        serve(args, Services.importer(factory));
    }

    /** Serve an exporter under whatever protocol the host asks for. */
    public static void exporter(String[] args, ExporterFactory factory) {
        serve(args, Services.exporter(factory));
    }

    /** Serve a store under whatever protocol the host asks for. */
    public static void storage(String[] args, StoreFactory factory) {
        serve(args, Services.storage(factory));
    }

    /**
     * Serve everything that {@code plugin} offers. The first call of the host selects kind and protocol; the argument
     * {@code importer}, {@code exporter} or {@code storage} restricts the process to that kind.
     */
    public static void run(String[] args, Plugin plugin) {
        serve(args, Services.of(plugin));
    }

    private static void serve(String[] args, Services services) {
        Runtime.getRuntime().halt(PluginMain.run(args, services));
    }
}
