package dev.kloset.hadoop.servers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles the cluster once for all tests of a module. To run it from its source would compile it at each start. */
final class ClusterClasses {

    private static final Path SOURCE = ClusterJars.DIRECTORY.resolve("ClusterMain.java");

    private ClusterClasses() {}

    /**
     * {@return the directory with the classes} The caller has a lock on {@code results}.
     *
     * @param jars the class path of Hadoop's servers of this version
     */
    static Path compiled(Path results, String version, String jars) throws IOException {
        String text = Files.readString(SOURCE);
        Path classes = results.resolve(version + "-" + Integer.toHexString(text.hashCode())).toAbsolutePath();
        if (!Files.exists(classes)) {
            Path next = Files.createTempDirectory(results.toAbsolutePath(), "classes");
            compile(next, jars);
            Files.move(next, classes);
        }
        return classes;
    }

    private static void compile(Path target, String jars) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(),
                "this Java has no compiler");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        if (compiler.run(null, said, said, "-nowarn", "-proc:none", "-d", target.toString(), "-cp", jars,
                SOURCE.toString()) != 0) {
            throw new IOException("cannot compile " + SOURCE + ": " + said.toString(StandardCharsets.UTF_8));
        }
    }
}
