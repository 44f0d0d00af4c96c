package dev.kloset.packaging;

import dev.kloset.packaging.manifest.Manifest;
import dev.kloset.packaging.manifest.ManifestFile;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.Directories;
import dev.kloset.packaging.tool.PackagingException;
import dev.kloset.packaging.tool.Shell;
import dev.kloset.packaging.tool.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Gives each plugin process of a trial its own port for a debugger: a backup starts several processes, and two cannot share a
 * port.
 *
 * @param first the port of the first process; each further process gets the next one
 * @param suspended whether a process waits for the debugger; Plakar waits for the process for 20 seconds
 */
record DebuggerPorts(int first, boolean suspended) {

    private static final int LAST_PORT = 65_535;

    static Optional<DebuggerPorts> of(Arguments arguments) throws UsageException {
        boolean suspended = arguments.flag("suspend");
        Optional<String> port = arguments.optional("debug");
        if (port.isEmpty()) {
            return Optional.empty();
        }
        try {
            int number = port.get().equals("true") ? 5005 : Integer.parseInt(port.get());
            if (number > 0 && number <= LAST_PORT) {
                return Optional.of(new DebuggerPorts(number, suspended));
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new UsageException("--debug must be the number of a port, not \"" + port.get() + "\"");
    }

    /** {@return an image whose launcher starts the launcher of {@code image}, with a debugger} */
    Path wrap(Path image, Path directory) throws PackagingException, IOException {
        Path taken = Directories.fresh(directory.resolve("ports"));
        Path wrapped = Directories.fresh(directory.resolve("image"));
        Manifest manifest = ManifestFile.read(image.resolve(Manifest.FILE_NAME)).manifest();
        Directories.writeProgram(wrapped.resolve(manifest.executable()), """
                #!/bin/sh
                port=%d
                until mkdir '%s'/"$port" 2>/dev/null; do
                    port=$((port + 1))
                    [ "$port" -le 65535 ] || exit 1
                done
                echo "$1 listens for a debugger at port $port" >&2
                agent=-agentlib:jdwp=transport=dt_socket,server=y,quiet=y,suspend=%s,address=$port
                KLOSET_JAVA_OPTS="${KLOSET_JAVA_OPTS:-} $agent"
                export KLOSET_JAVA_OPTS
                exec '%s' "$@"
                """.formatted(first, Shell.inQuotes(taken), suspended ? "y" : "n",
                Shell.inQuotes(image.resolve(manifest.executable()))));
        Files.writeString(wrapped.resolve(Manifest.FILE_NAME), manifest.withoutFiles().yaml());
        return wrapped;
    }
}
