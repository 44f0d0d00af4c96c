package dev.kloset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes.Name;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginTest {

    /** An author's factory; also loaded from a jar of its own. */
    public static final class Factory implements ImporterFactory {
        @Override
        public Importer create(ConnectorContext context) throws IOException {
            throw new IOException("not made here");
        }
    }

    private static Plugin.Builder builder() {
        return Plugin.builder("demo").importer("demo", new Factory());
    }

    /** {@return the author's factory from a jar with this version in its manifest} */
    private static ImporterFactory fromJar(Path jar, String version) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Name.IMPLEMENTATION_VERSION, version);
        String file = Factory.class.getName().replace('.', '/') + ".class";
        Path classes = Path.of(Factory.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.putNextEntry(new JarEntry(file));
            Files.copy(classes.resolve(file), entries);
        }
        ClassLoader api = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.equals(Factory.class.getName())) {
                    throw new ClassNotFoundException(name);
                }
                return PluginTest.class.getClassLoader().loadClass(name);
            }
        };
        try (URLClassLoader loader = new URLClassLoader(new URL[]{ jar.toUri().toURL() }, api)) {
            return (ImporterFactory) loader.loadClass(Factory.class.getName()).getConstructor().newInstance();
        }
    }

    @Test
    void theVersionIsThatOfTheJarWithTheConnector(@TempDir Path directory) throws Exception {
        ImporterFactory factory = fromJar(directory.resolve("plugin.jar"), "2.1.0");
        assertThat(Plugin.builder("demo").importer("demo", factory).build().version()).contains("2.1.0");
        assertThat(Plugin.builder("demo").version("3.0").importer("demo", factory).build().version()).contains("3.0");
    }

    @Test
    void aDirectoryOfClassesHasNoVersion() {
        assertThat(builder().build().version()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "1 0", "1.0\n", "1\u0007" })
    void aVersionIsOneWord(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> builder().version(text))
                .withMessageContaining("is not a word such as 1.2.0");
    }
}
