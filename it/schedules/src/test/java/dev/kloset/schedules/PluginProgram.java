package dev.kloset.schedules;

import dev.kloset.sdk.Entrypoint;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A plugin in a process of its own: our runtime if a directory is its only setting, a hostile one if there is also a plan. */
final class PluginProgram {

    private PluginProgram() {}

    /** {@return the command that starts the plugin} */
    static List<String> command(Path directory, String... plan) {
        return java(PluginProgram.class, List.of("-Dschedules.directory=" + directory), plan);
    }

    /** {@return the command that starts our runtime and stops it once} */
    static List<String> command(Path directory, Stop stop) {
        return java(PluginProgram.class, List.of("-Dschedules.directory=" + directory, stop.option()));
    }

    static List<String> java(Class<?> program, List<String> options, String... args) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m",
                        "-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(program.getName());
        command.addAll(List.of(args));
        return command;
    }

    /** Start the plugin's process; the arguments are the kind and the seed of a plan, if there is one. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(System.getProperty("schedules.directory", "."));
        Contents contents = new Contents(directory);
        if (args.length == 0) {
            Entrypoint.run(args, new Samples(contents, directory, Stop.moments()).plugin());
            return;
        }
        Plan plan = Plan.of(Plan.Kind.valueOf(args[0]), Plan.Role.HOSTILE_PLUGIN, Long.parseLong(args[1]));
        Wire wire = new Wire(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out),
                plan.cutAfter(), () -> Runtime.getRuntime().halt(9));
        HostilePlugin plugin = new HostilePlugin(plan, new Script(plan, wire), contents, wire);
        plugin.end();
        Runtime.getRuntime().halt(0);
    }
}
