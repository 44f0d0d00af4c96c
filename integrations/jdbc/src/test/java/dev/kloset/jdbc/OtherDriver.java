package dev.kloset.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A driver that only a jar of the user has: compiled by the test, it passes {@code jdbc:other:} on to H2. */
final class OtherDriver {

    private static final String SOURCE = """
            package example;
            import java.sql.*;
            import java.util.Properties;
            public class OtherDriver implements Driver {
                private static final String OTHER = "jdbc:other:";
                public boolean acceptsURL(String url) { return url.startsWith(OTHER); }
                public Connection connect(String url, Properties info) throws SQLException {
                    return acceptsURL(url) ? new org.h2.Driver().connect("jdbc:h2:" + url.substring(OTHER.length()), info) : null;
                }
                public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) { return new DriverPropertyInfo[0]; }
                public int getMajorVersion() { return 1; }
                public int getMinorVersion() { return 0; }
                public boolean jdbcCompliant() { return false; }
                public java.util.logging.Logger getParentLogger() { return java.util.logging.Logger.getGlobal(); }
            }
            """;

    private OtherDriver() {}

    static void writeJar(Path jar) throws IOException {
        Path work = Files.createDirectory(jar.resolveSibling("classes"));
        Path source = Files.createDirectory(work.resolve("example")).resolve("OtherDriver.java");
        Files.writeString(source, SOURCE);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int status = compiler.run(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                "-cp", System.getProperty("java.class.path"), "-d", work.toString(), source.toString());
        if (status != 0) {
            throw new IOException("the driver does not compile");
        }
        Map<String, byte[]> entries = Map.of(
                "example/OtherDriver.class", Files.readAllBytes(work.resolve("example/OtherDriver.class")),
                "META-INF/services/java.sql.Driver", "example.OtherDriver\n".getBytes(StandardCharsets.UTF_8));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
    }
}
