package dev.kloset.hadoop.servers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.testkit.fixtures.ReservedPorts;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server that speaks S3 on loopback, with its buckets in a directory. */
public final class S3Server implements AutoCloseable {

    private static final Path PROJECTS = ClusterJars.DIRECTORY.resolveSibling("s3");
    private static final String KEY = "kloset";
    private static final String SECRET = "rosebud";

    private final Process process;
    private final ReservedPorts ports;
    private final Path directory;

    private S3Server(Process process, ReservedPorts ports, Path directory) {
        this.process = process;
        this.ports = ports;
        this.directory = directory;
    }

    /** {@return a running server} Its files are below {@code directory}. */
    public static S3Server start(Path directory) throws IOException, InterruptedException {
        String classPath = jars("server");
        ReservedPorts ports = ReservedPorts.reserve(1);
        Path properties = Files.writeString(directory.resolve("s3proxy.properties"), """
                s3proxy.endpoint=http://127.0.0.1:%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(ports.port(0), KEY, SECRET, Files.createDirectory(directory.resolve("buckets"))));
        Path quiet = Files.writeString(directory.resolve("logback.xml"),
                "<configuration><appender name=\"all\" class=\"ch.qos.logback.core.ConsoleAppender\"><encoder><pattern>"
                        + "%level %msg%n%ex</pattern></encoder></appender><root level=\"WARN\">"
                        + "<appender-ref ref=\"all\"/></root></configuration>");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dlogback.configurationFile=" + quiet,
                "-cp", classPath, "org.gaul.s3proxy.Main", "--properties", properties.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve("s3proxy.log").toFile()))
                .start();
        S3Server server = new S3Server(process, ports, directory);
        server.awaitPort();
        return server;
    }

    private static String jars(String project) throws IOException, InterruptedException {
        Optional<String> jars = ClusterJars.classPath(PROJECTS.resolve(project + ".xml"), "s3-" + project);
        assumeTrue(jars.isPresent() || Boolean.getBoolean("servers.required"), "Maven cannot fetch what speaks S3");
        return jars.orElseThrow();
    }

    private void awaitPort() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.MINUTES.toNanos(10)) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), ports.port(0))) {
                return;
            } catch (ConnectException e) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        throw new IOException("the server of S3 does not answer: "
                + Files.readString(directory.resolve("s3proxy.log")));
    }

    /** Make a bucket. */
    public void bucket(String name) throws IOException {
        Files.createDirectory(directory.resolve("buckets").resolve(name));
    }

    /** {@return a new directory with what a client must know, the secret key among it} */
    public Path confDir() throws IOException {
        Path conf = Files.createTempDirectory(directory, "conf");
        StringBuilder text = new StringBuilder("<configuration>");
        for (String setting : List.of("fs.s3a.endpoint=http://127.0.0.1:" + ports.port(0),
                "fs.s3a.endpoint.region=us-east-1", "fs.s3a.path.style.access=true", "fs.s3a.access.key=" + KEY,
                "fs.s3a.secret.key=" + SECRET, "fs.s3a.buffer.dir=" + directory)) {
            String[] parts = setting.split("=", 2);
            text.append("<property><name>" + parts[0] + "</name><value>" + parts[1] + "</value></property>");
        }
        Files.writeString(conf.resolve("core-site.xml"), text.append("</configuration>"));
        return conf;
    }

    /** {@return a new directory with the jars of the file system s3a} */
    public Path libraryDir() throws IOException, InterruptedException {
        Path library = Files.createTempDirectory(directory, "library");
        for (String jar : jars("client").split(File.pathSeparator, -1)) {
            Path file = Path.of(jar);
            Files.createSymbolicLink(library.resolve(file.getFileName()), file);
        }
        return library;
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
            ports.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
