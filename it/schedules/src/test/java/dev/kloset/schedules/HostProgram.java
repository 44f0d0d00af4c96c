package dev.kloset.schedules;

import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginProcess;
import dev.kloset.schedules.Plan.Kind;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A host in a process of its own, which stops itself once. It prints the process id of its plugin and its own outcome. */
final class HostProgram {

    private HostProgram() {}

    /** {@return the command that starts the host} */
    static List<String> command(Path directory, Stop stop) {
        return PluginProgram.java(HostProgram.class, List.of("-Dschedules.directory=" + directory, stop.option()),
                stop.kind().name(), Long.toString(stop.seed()));
    }

    static PluginCommand plugin(List<String> line, Duration closeTimeout) {
        return PluginCommand.builder(Path.of(line.getFirst()))
                .args(line.subList(1, line.size()))
                .name("sample")
                .initTimeout(Duration.ofSeconds(30))
                .closeTimeout(closeTimeout)
                .build();
    }

    /** Start the host's process; the arguments are the kind and the seed of a stop. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path directory = Path.of(System.getProperty("schedules.directory", "."));
        Stop stop = Stop.of(Kind.valueOf(args[0]), Long.parseLong(args[1]));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (PluginProcess plugin = PluginProcess
                .start(plugin(PluginProgram.command(directory), Duration.ofSeconds(10)))) {
            out.println(plugin.pid());
            new Work(stop, new Contents(directory), Stop.moments()).run(plugin);
            out.println("all is right");
        }
    }
}
