package dev.kloset.packaging.image;

import dev.kloset.packaging.manifest.Manifest;
import dev.kloset.packaging.manifest.PluginDescription;
import dev.kloset.packaging.manifest.Project;
import dev.kloset.packaging.tool.Directories;
import dev.kloset.packaging.tool.PackagingException;
import dev.kloset.packaging.tool.Shell;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The image of a package that only leads Plakar to a plugin in an IDE. It works only on this machine and for this build. */
public record AttachImage(Project project, Path socket) {

    // Systems allow little more than 100 bytes, and some append a name of their own.
    private static final int LONGEST_SOCKET = 100;

    public void make(Path target, PrintStream out, PrintStream err)
            throws PackagingException, IOException, InterruptedException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
            throw new PackagingException("the path of the socket is too long for a socket: " + socket
                    + "; name another one (-Dkloset.socket=/tmp/FILE, --socket)");
        }
        Manifest manifest = project.manifest(err).manifest();
        Directories.fresh(target);
        Directories.writeProgram(target.resolve(manifest.executable()), """
                #!/bin/sh
                # Leads Plakar to the plugin that runs in an IDE with the arguments: attach SOCKET
                unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
                trap '' INT
                set -- -cp '%2$s' dev.kloset.sdk.internal.attach.SocketBridge '%3$s' "$@"
                set -- '%1$s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:+DisplayVMOutputToStderr "$@"
                # The bridge itself examines streams that are not pipes.
                [ -p /dev/fd/0 ] && [ -p /dev/fd/1 ] || exec "$@"
                java=$1
                shift
                exec "$java" -Dkloset.pipes=3,4 "$@" 3<&0 4>&1 </dev/null 1>&2
                """.formatted(Shell.inQuotes(project.jdk().program("java")),
                PluginDescription.join(project.classPath()).replace("'", "'\\''"), Shell.inQuotes(socket)));
        Directories.write(target.resolve(Manifest.FILE_NAME), manifest.withoutFiles().yaml());
        out.println("start " + project.mainClass() + " in the debugger with the arguments: attach " + socket);
    }
}
