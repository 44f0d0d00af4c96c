package dev.kloset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.support.Sentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jars that a user puts into a directory for a plugin. */
class ExtensionJarsTest {

    private static final String SERVICE = Callable.class.getName();

    @TempDir
    Path temporary = Path.of("");

    private Path directory = Path.of("");

    @BeforeEach
    void make() throws IOException {
        directory = Files.createDirectory(temporary.resolve("drivers"));
    }

    private Path jar(String name, Map<String, String> sources, Map<String, String> services, String... left)
            throws IOException {
        return new JarMaker(directory).jar(name, sources, services, left);
    }

    private static String says(String text) {
        return "public class X implements java.util.concurrent.Callable<String> { public String call() { return "
                + text + "; } }";
    }

    private static String says(String type, String text) {
        return says(text).replace("class X", "class " + type);
    }

    private String sentence() {
        try (ExtensionJars jars = ExtensionJars.in(directory)) {
            return "no failure: " + jars.load(Callable.class);
        } catch (IOException e) {
            return Sentence.of(e).replace(directory.toString(), "DIR");
        }
    }

    @Test
    void servicesOfAllJarsAreLoadedInOrder() throws Exception {
        jar("b.jar", Map.of("org.b.B", says("B", "\"b\"")), Map.of(SERVICE, "# ours\norg.b.B # the best\n\norg.b.B\n"));
        jar("a.JAR", Map.of("org.a.A", says("A", "\"a\"")), Map.of(SERVICE, "org.a.A"));
        Files.writeString(directory.resolve("README.txt"), "not for us");
        Files.createDirectory(directory.resolve("old"));
        try (ExtensionJars jars = ExtensionJars.in(directory)) {
            assertThat(jars.names()).containsExactly("a.JAR", "b.jar");
            List<String> said = new java.util.ArrayList<>();
            for (Callable<?> each : jars.load(Callable.class)) {
                said.add(String.valueOf(each.call()));
                assertThat(each.getClass().getClassLoader()).isSameAs(jars.loader());
            }
            assertThat(said).containsExactly("a", "b");
            assertThat(jars.load(Runnable.class)).isEmpty();
        }
    }

    @Test
    void aJarCanUseAnotherOne() throws Exception {
        jar("main.jar",
                Map.of("org.m.M", says("M", "org.h.H.WORD"), "org.h.H",
                        "public class H { public static final String WORD = \"h\".repeat(2); }"),
                Map.of(SERVICE, "org.m.M"), "org.h.H");
        jar("help.jar", Map.of("org.h.H", "public class H { public static final String WORD = \"h\".repeat(2); }"),
                Map.of());
        try (ExtensionJars jars = ExtensionJars.in(directory)) {
            assertThat(jars.load(Callable.class).getFirst().call()).isEqualTo("hh");
        }
    }

    @Test
    void noJarReplacesClassesOfJavaOrOfThePlugin() throws Exception {
        String plugins = "org.assertj.core.api.Assertions";
        jar("a.jar", Map.of(plugins, "public class Assertions implements java.util.concurrent.Callable<String> { "
                + "public String call() { return \"replaced\"; } }"), Map.of(SERVICE, plugins));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(directory.resolve("b.jar")))) {
            JarMaker.put(out, "java/util/ArrayList.class", new byte[100]);
        }
        try (ExtensionJars jars = ExtensionJars.in(directory)) {
            assertThat(jars.load(Callable.class)).isEmpty();
            assertThat(jars.loader().loadClass("java.util.ArrayList")).isSameAs(java.util.ArrayList.class);
            assertThat(jars.loader().loadClass("dev.kloset.Plugin")).isSameAs(Plugin.class);
            assertThat(jars.loader().loadClass(plugins)).isSameAs(org.assertj.core.api.Assertions.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "dev/kloset/Plugin.class", "META-INF/versions/21/dev/kloset/x/New.class" })
    void aJarWithClassesOfTheSdkIsRefused(String entry) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(directory.resolve("evil.jar")))) {
            JarMaker.put(out, entry, new byte[100]);
        }
        assertThat(sentence()).isEqualTo("cannot use evil.jar in DIR: it contains classes of the Kloset SDK (" + entry
                + "), which only the plugin itself may have");
    }

    @Test
    void aMissingOrEmptyDirectoryIsOneSentence() throws IOException {
        assertThat(sentence()).isEqualTo("cannot use the jars in DIR: there is none");
        Files.delete(directory);
        assertThat(sentence()).isEqualTo("cannot use the jars in DIR: no such file or directory");
        Files.writeString(directory, "");
        assertThat(sentence()).isEqualTo("cannot use the jars in DIR: not a directory");
        assertThatThrownBy(() -> ExtensionJars.in(directory, "driver_dir").loader())
                .hasMessage("cannot use the jars in " + directory + " (setting \"driver_dir\")");
    }

    @Test
    void whatIsNoJarIsOneSentence() throws IOException {
        Path file = Files.writeString(directory.resolve("x.jar"), "<html>404 Not Found</html>");
        assertThat(sentence()).startsWith("cannot use x.jar in DIR: it is not a jar: ");
        Files.writeString(file, "");
        assertThat(sentence()).startsWith("cannot use x.jar in DIR: it is not a jar: ");
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(sentence()).isEqualTo("cannot use x.jar in DIR: it is a directory");
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("gone"));
        assertThat(sentence()).isEqualTo("cannot use x.jar in DIR: no such file or directory: DIR/x.jar");
    }

    @Test
    void aJarForANewerJavaIsOneSentence() throws IOException {
        int running = Runtime.version().feature();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(directory.resolve("new.jar")))) {
            JarMaker.put(out, "module-info.class", new byte[]{ 0, 0, 0, 0, 0, 0, 0, 99 });
            JarMaker.put(out, "org/a/A.class", new byte[]{ 0, 0, 0, 0, 0, 0, 0, (byte) (running + 1 + 44) });
        }
        assertThat(sentence()).isEqualTo("cannot use new.jar in DIR: it is written for Java " + (running + 1)
                + ", and this plugin runs with Java " + running);
    }

    @Test
    void anImplementationThatCannotBeLoadedIsOneSentenceUnlessOthersCan() throws Exception {
        jar("half.jar",
                Map.of("org.a.A", says("A", "\"a\"").replace("A implements", "A extends Base implements"), "org.a.Base",
                        "public class Base {}"),
                Map.of(SERVICE, "org.a.A"), "org.a.Base");
        assertThat(sentence())
                .isEqualTo("cannot use half.jar in DIR: org.a.A needs the class org.a.Base, which neither a jar "
                        + "of the directory nor the plugin has");
        jar("whole.jar", Map.of("org.b.B", says("B", "\"b\"")), Map.of(SERVICE, "org.b.B"));
        try (ExtensionJars jars = ExtensionJars.in(directory)) {
            assertThat(jars.load(Callable.class)).hasSize(1);
        }
    }

    @Test
    void otherMistakesOfAJarAreOneSentenceToo() throws IOException {
        Path jar = jar("a.jar", Map.of(), Map.of(SERVICE, "org.gone.Gone"));
        assertThat(sentence())
                .isEqualTo("cannot use a.jar in DIR: it names the class org.gone.Gone, which is not there");
        Files.delete(jar);
        jar("b.jar", Map.of("org.a.A", "public class A {}"), Map.of(SERVICE, "org.a.A"));
        assertThat(sentence())
                .isEqualTo("cannot use b.jar in DIR: org.a.A is not a java.util.concurrent.Callable with a "
                        + "public constructor without parameters");
        jar("b.jar",
                Map.of("org.a.A", says("A", "\"\"").replace("{ public", "public A() { throw new IllegalStateException("
                        + "\"no licence\"); } public").replace("<String> public", "<String> { public")),
                Map.of(SERVICE, "org.a.A"));
        assertThat(sentence()).startsWith("cannot use b.jar in DIR: cannot load org.a.A: ").endsWith("no licence");
    }

    @Test
    void theJarsAreClosedWithTheLoader() throws Exception {
        jar("a.jar", Map.of("org.a.A", says("A", "\"a\""), "org.a.Later", "public class Later {}"),
                Map.of(SERVICE, "org.a.A"));
        ExtensionJars jars = ExtensionJars.in(directory);
        ClassLoader loader = jars.loader();
        assertThat(jars.load(Callable.class)).hasSize(1);
        jars.close();
        jars.close();
        assertThatThrownBy(() -> loader.loadClass("org.a.Later")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(jars::loader).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void aRealToolOfJavaFindsTheLoader() throws Exception {
        jar("tool.jar", Map.of("org.t.T", "public class T implements java.util.spi.ToolProvider { "
                + "public String name() { return \"t\"; } public int run(java.io.PrintWriter o, java.io.PrintWriter e, "
                + "String... a) { return 7; } }"), Map.of(ToolProvider.class.getName(), "org.t.T"));
        try (ExtensionJars jars = ExtensionJars.in(directory)) {
            assertThat(jars.load(ToolProvider.class).getFirst().name()).isEqualTo("t");
        }
    }
}
