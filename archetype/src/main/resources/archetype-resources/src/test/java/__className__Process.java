package ${package};

import dev.kloset.host.PluginCommand;
import dev.kloset.host.PluginProcess;
import java.nio.file.Path;
import java.util.List;

/** Starts the plugin as Plakar does: as a process whose standard input and output carry the protocol. */
final class ${className}Process {

    private ${className}Process() {}

    static PluginProcess start(String kind) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return PluginProcess.start(PluginCommand.builder(java)
                .name("${artifactId}")
                .args(List.of("-cp", System.getProperty("java.class.path"), ${className}Plugin.class.getName(), kind))
                .build());
    }
}
