package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.Importer;
import dev.kloset.Options;
import dev.kloset.host.PluginProcess;
import dev.kloset.it.ShelfProcess.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars of the user in a real plugin process: what {@code about} and {@code doctor} say, and what a backup does. */
class ExtensionDoctorTest {

    private static final String DRIVER = """
            package org.d;
            import java.lang.reflect.Proxy;
            import java.sql.*;
            public class D implements Driver {
                public Connection connect(String url, java.util.Properties p) {
                    return (Connection) Proxy.newProxyInstance(D.class.getClassLoader(),
                            new Class<?>[] { Connection.class }, (proxy, method, arguments) -> null);
                }
                public boolean acceptsURL(String url) { return url.equals("jdbc:own"); }
                public DriverPropertyInfo[] getPropertyInfo(String url, java.util.Properties p) { return null; }
                public int getMajorVersion() { return 1; }
                public int getMinorVersion() { return 0; }
                public boolean jdbcCompliant() { return false; }
                public java.util.logging.Logger getParentLogger() { return null; }
            }
            """;

    @TempDir
    Path directory = Path.of("");

    private Path drivers = Path.of("");

    @BeforeEach
    void make() throws IOException {
        drivers = Files.createDirectory(directory.resolve("drivers"));
    }

    private void driver() throws IOException {
        Path source = Files.writeString(directory.resolve("D.java"), DRIVER);
        assertThat(ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", directory.toString(), source.toString())).isZero();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(drivers.resolve("own-1.0.jar")))) {
            put(out, "org/d/D.class", Files.readAllBytes(directory.resolve("org/d/D.class")));
            put(out, "META-INF/services/java.sql.Driver", "org.d.D".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void put(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        return new ShelfProcess(directory, DriversPlugin.class).run(Map.of(), List.of(arguments));
    }

    private Ended doctor() throws IOException, InterruptedException {
        return run("doctor", "-o", "location=drivers:own", "-o", "driver_dir=" + drivers);
    }

    @Test
    void aboutSaysThatTheSettingIsADirectoryOfJars() throws Exception {
        assertThat(run("about").text()).contains("driver_dir", "a directory of jars");
        assertThat(run("about", "--json").text()).contains("\"type\":\"jars\"");
    }

    @Test
    void theDoctorNamesTheJarsAndTheDriverWorks() throws Exception {
        driver();
        Ended ended = doctor();
        assertThat(ended.text()).contains("  ok           driver_dir: 1 jar: own-1.0.jar\n",
                "  ok           connection\n", "  ok           first listing: 1 record\n");
        assertThat(ended.status()).isZero();
    }

    @Test
    void theDoctorSaysWhatIsWrongWithTheDirectory() throws Exception {
        Files.delete(drivers);
        assertThat(doctor().text())
                .contains(
                        "  failed       driver_dir: cannot use the jars in " + drivers
                                + ": no such file or directory\n",
                        "  not checked  start: because \"driver_dir\" failed\n");
    }

    @Test
    void aBackupThatCannotLoadItsDriverSaysItInOneSentence() throws Exception {
        Files.writeString(drivers.resolve("own-1.0.jar"), "<html>");
        ConnectorContext context = ConnectorContext.of("drivers", ConnectorConfig.of(
                Map.of("location", "drivers:own", "driver_dir", drivers.toString())),
                Options.builder().hostname("here").build());
        ShelfProcess process = new ShelfProcess(directory, DriversPlugin.class);
        try (PluginProcess plugin = PluginProcess.start(process.command(Map.of()).build());
                Importer importer = plugin.importer(context)) {
            assertThatThrownBy(() -> importer.importRecords((record, result) -> {}))
                    .hasMessageContaining("cannot use own-1.0.jar in " + drivers
                            + " (setting \"driver_dir\"): it is not a jar");
        }
    }

    /** What the build of a package runs in the image; here the options leave a module out. */
    @Test
    void loadNamesTheClassesForWhichAModuleIsMissing() throws Exception {
        Map<String, String> few = Map.of("KLOSET_JAVA_OPTS",
                "--limit-modules=java.base,java.logging,java.naming,java.xml,jdk.jfr,jdk.unsupported");
        Ended ended = new ShelfProcess(directory).run(few, List.of("load"));
        assertThat(ended.text()).contains("{\"class\":\"dev.kloset.it.DriversPlugin$DatabaseImporter\","
                + "\"connector\":true,\"reason\":\"java.lang.NoClassDefFoundError: java/sql/");
        assertThat(ended.status()).isEqualTo(1);
        Ended whole = new ShelfProcess(directory, DriversPlugin.class).run(few, List.of("load"));
        assertThat(whole.text()).contains("NoClassDefFoundError: java/sql/"); // it does not even start
        assertThat(run("load").text()).doesNotContain("java/sql/");
    }
}
