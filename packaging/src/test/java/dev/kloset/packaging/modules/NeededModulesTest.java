package dev.kloset.packaging.modules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which modules the Java of a package gets. */
class NeededModulesTest {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Set<String> needed(String... jars) throws Exception {
        return needed(Set.of(), jars);
    }

    private Set<String> needed(Set<String> added, String... jars) throws Exception {
        return NeededModules.of(JAVA_HOME, 25, Arrays.stream(jars).map(directory::resolve).toList(), added,
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** {@return class files by their names} The compiler writes them to {@code classes} and finds modules there. */
    private Map<String, byte[]> compiled(Path classes, String name, String source) throws IOException {
        Path file = Files.createTempDirectory(directory, "sources").resolve(name + ".java");
        Files.writeString(file, source);
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        assertThat(ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(writer, writer, "-p", directory.toString(), "-d",
                        classes.toString(), file.toString()))
                .as(said::toString)
                .isZero();
        Map<String, byte[]> content = new HashMap<>();
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                content.put(classes.relativize(path).toString(), Files.readAllBytes(path));
            }
        }
        return content;
    }

    private Map<String, byte[]> compiled(String name, String source) throws IOException {
        return compiled(Files.createTempDirectory(directory, "classes"), name, source);
    }

    private byte[] classThatUses(String name, String member) throws IOException {
        return requireNonNull(compiled(name, "class " + name + " { " + member + " }").get(name + ".class"));
    }

    private void jar(String name, Map<String, byte[]> content) throws IOException {
        Files.write(directory.resolve(name), zip(content));
    }

    private static byte[] zip(Map<String, byte[]> content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = { "java.sql.Connection member;", "java.sql.Connection[][] member;",
        "java.sql.Connection method() { return null; }", "void method(java.sql.Connection[] all) { }",
        "Object method() { return java.sql.Connection[][].class; }",
        "Object method() { return java.sql.DriverManager.drivers(); }",
        "java.util.function.Supplier<Object> s = java.sql.DriverManager::getDrivers;",
        "record Row(java.sql.Connection of) { } Object member = new Object() { java.sql.Connection inner; };" })
    void aClassNeedsTheModulesOfTheTypesThatItNames(String member) throws Exception {
        Map<String, byte[]> classes = compiled("Connector", "class Connector { " + member + " }");
        jar("plugin.jar", classes);

        assertThat(needed("plugin.jar")).contains("java.base", "java.sql").doesNotContain("java.desktop");
        assertThat(said()).isEmpty();
    }

    @Test
    void aLibraryMayRequireModulesThatTheClassPathLacks() throws Exception {
        compiled(Files.createDirectory(directory.resolve("sibling")), "module-info", "module sibling { }");
        Map<String, byte[]> library = compiled("module-info", "module library { requires sibling; requires java.sql; "
                + "requires static java.desktop; requires java.transaction.xa; }");
        jar("library.jar", library);

        assertThat(needed("library.jar")).contains("java.sql", "java.transaction.xa")
                .doesNotContain("sibling", "java.desktop");
        assertThat(said()).isEmpty();
    }

    @Test
    void classesForOtherVersionsOfJavaCountUpToThisOne() throws Exception {
        jar("library.jar", Map.of(
                "META-INF/versions/21/Connector.class", classThatUses("Connector", "java.net.http.HttpClient client;"),
                "META-INF/versions/99/Connector.class", classThatUses("Connector", "java.awt.Image image;"),
                "META-INF/versions/11/module-info.class",
                requireNonNull(
                        compiled("module-info", "module library { requires java.sql; }").get("module-info.class"))));

        assertThat(needed("library.jar")).contains("java.net.http", "java.sql").doesNotContain("java.desktop");
    }

    @Test
    void aServiceFileNeedsTheModuleOfTheService() throws Exception {
        jar("driver.jar", Map.of("META-INF/services/java.sql.Driver",
                "# the driver\norg.example.Driver # of the example\n".getBytes(StandardCharsets.UTF_8)));
        jar("parser.jar", Map.of("META-INF/services/org.example.Parser",
                "javax.xml.parsers.SAXParserFactory".getBytes(StandardCharsets.UTF_8)));

        assertThat(needed("driver.jar", "parser.jar")).contains("java.sql", "java.xml");
    }

    @Test
    void incubatorModulesAreLeftOut() throws Exception {
        jar("library.jar", Map.of("META-INF/services/jdk.incubator.vector.Vector", new byte[0]));

        assertThat(needed("library.jar")).noneMatch(name -> name.startsWith("jdk.incubator"));
    }

    @Test
    void nestedJarsCount() throws Exception {
        byte[] inner = zip(Map.of("BOOT-INF/classes/A.class", classThatUses("A", "java.net.http.HttpClient client;")));
        jar("outer.jar", Map.of("lib/inner.jar", inner));

        assertThat(needed("outer.jar")).contains("java.net.http");
    }

    @Test
    void modulesFoundOnlyByNameAreThereForEveryPlugin() throws Exception {
        jar("plugin.jar", Map.of("A.class", classThatUses("A", "")));

        assertThat(needed("plugin.jar"))
                .containsExactly("java.base", "jdk.charsets", "jdk.net", "jdk.unsupported", "jdk.zipfs");
    }

    @Test
    void theDnsResolverComesWithTheNamingThatUsesIt() throws Exception {
        jar("plugin.jar", Map.of("A.class", classThatUses("A", "javax.naming.Context context;")));

        assertThat(needed("plugin.jar")).contains("java.naming", "jdk.naming.dns");
    }

    @Test
    void anUnreadableClassGivesAllLibraryModulesAndAWarningWithTheOption() throws Exception {
        jar("strange.jar", Map.of("org/example/Strange.class", "no class".getBytes(StandardCharsets.UTF_8)));
        jar("plugin.jar", Map.of("A.class", classThatUses("A", "com.sun.tools.attach.VirtualMachine machine;")));

        assertThat(needed("strange.jar", "plugin.jar")).contains("java.se", "jdk.security.jgss", "jdk.attach");
        assertThat(said().lines()).singleElement()
                .asString()
                .contains("strange.jar", "org/example/Strange.class is not a class file", "--modules", "<modules>");
    }

    @Test
    void aFileThatIsNotAJarGivesTheSame() throws Exception {
        try (OutputStream out = Files.newOutputStream(directory.resolve("text.jar"))) {
            out.write("a text".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(needed("text.jar")).contains("java.se");
        assertThat(said()).contains("text.jar").contains("-Dkloset.modules");
    }

    @Test
    void theSdkDoesNotBringTheFlightRecorderByItself() throws Exception {
        jar("kloset-sdk.jar", compiled("FlightEvents",
                "package dev.kloset.sdk.internal.observe; class FlightEvents { jdk.jfr.Event member; }"));
        assertThat(needed("kloset-sdk.jar")).doesNotContain("jdk.jfr");

        jar("plugin.jar", Map.of("A.class", classThatUses("A", "jdk.jfr.Event event;")));
        assertThat(needed("kloset-sdk.jar", "plugin.jar")).contains("jdk.jfr");
    }

    @Test
    void aLoginModuleInATextCausesAWarningThatNamesTheSet() throws Exception {
        jar("client.jar", Map.of("A.class", classThatUses("A",
                "Object o() throws Exception { return Class.forName(\"com.sun.security.auth.module.UnixLoginModule\"); }")));
        jar("words.jar", Map.of("A.class", classThatUses("A",
                "String a = \"com.sun.security.auth\", b = \"see com.sun.security.auth.module.UnixLoginModule\", "
                        + "c = \"com.sun.security.auth.module.nothing\", d = \"com.sun.jndi.org.example.Own\";")));

        assertThat(needed("words.jar")).doesNotContain("jdk.security.auth");
        assertThat(said()).isEmpty();
        assertThat(needed("client.jar", "words.jar")).doesNotContain("jdk.security.auth");
        assertThat(said().lines()).containsExactly("client.jar names com.sun.security.auth.module.UnixLoginModule in a "
                + "text, perhaps to load it, but the runtime has no jdk.security.auth: if the plugin needs it, as for a login "
                + "with Kerberos, use --add-modules kerberos (-Dkloset.addModules, <addModules>)");
    }

    @Test
    void withTheSetThereIsNoWarning() throws Exception {
        jar("client.jar", Map.of("A.class", classThatUses("A",
                "String login = \"com.sun.security.auth.module.Krb5LoginModule\";")));

        assertThat(needed(Set.copyOf(ModuleSets.expand("kerberos").toList()), "client.jar"))
                .contains("jdk.security.auth", "jdk.security.jgss", "java.security.sasl");
        assertThat(said()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "kerberos", "jdbc-drivers" })
    void everyModuleOfASetExists(String set) throws Exception {
        assertThat(SystemModules.of(JAVA_HOME).names()).containsAll(ModuleSets.expand(set).toList());
        assertThat(ModuleSets.expand("java.sql")).containsExactly("java.sql");
    }

    @Test
    void everyModuleOfTheListsExists() throws Exception {
        SystemModules system = SystemModules.of(JAVA_HOME);

        assertThat(system.names()).containsAll(NeededModules.BY_NAME);
        assertThat(system.of("java.sql.Driver")).contains("java.sql");
        assertThat(system.of("org.example.Driver")).isEmpty();
        assertThat(system.of("Unnamed")).isEmpty();
    }
}
