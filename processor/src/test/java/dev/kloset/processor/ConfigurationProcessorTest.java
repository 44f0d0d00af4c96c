package dev.kloset.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the compiler says about a record of settings. */
class ConfigurationProcessorTest {

    @TempDir
    Path classes = Path.of("");

    private List<String> compile(String body) throws IOException {
        String source = """
                package author;
                import dev.kloset.*;
                import java.util.*;
                import java.time.Duration;
                final class Sample {
                    %s
                }
                """.formatted(body);
        return run(List.of(new Source(source)), List.of(), List.of(new ConfigurationProcessor()));
    }

    private List<String> run(List<Source> sources, List<String> compiled, List<Processor> processors)
            throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            String path = classes + File.pathSeparator + System.getProperty("java.class.path");
            CompilationTask task = compiler.getTask(null, files, found,
                    List.of("-d", classes.toString(), "-cp", path, "-Xlint:all,-processing,-path", "-Werror"), compiled,
                    sources);
            task.setProcessors(processors);
            boolean ok = task.call();
            List<String> messages = found.getDiagnostics()
                    .stream()
                    .filter(each -> each.getKind() != Diagnostic.Kind.NOTE)
                    .map(each -> each.getMessage(Locale.ROOT))
                    .toList();
            assertThat(ok).as(messages::toString).isEqualTo(messages.isEmpty());
            return messages;
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///author/Sample.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @Test
    void aRecordCompilesWithoutAWarning() throws IOException {
        assertThat(
                compile("""
                        static final class Outer {
                            enum Colour { RED, GREEN }
                            @Configuration("Quotes \\" and \\\\ and ä and \\n line")
                            record Inner(String name, @Setting("a \\"word\\"") Optional<Duration> patience, List<Colour> colours, int n,
                                    @Setting(defaultValue = "red") Colour colour, Optional<Long> many, boolean yes) {}
                        }
                        """))
                .isEmpty();
        assertThat(classes.resolve("author/Sample_Outer_Inner_Settings.class")).exists();
    }

    /** As with Kotlin, whose compiler runs first and marks the parameters of the constructor. */
    @Test
    void aCompiledRecordIsReadWithWhatItsConstructorSays() throws IOException {
        Source source = new Source("""
                package author;
                import dev.kloset.*;
                import java.nio.file.Path;
                import java.util.List;
                @Configuration
                record Sample(int age, List<? extends Path> places) {
                    Sample(@Setting(defaultValue = "70", max = "60") int age, List<? extends Path> places) {
                        this.age = age;
                        this.places = places;
                    }
                }
                """);
        assertThat(run(List.of(source), List.of(), List.of())).isEmpty();

        assertThat(run(List.of(), List.of("author.Sample"), List.of(new ConfigurationProcessor()))).containsExactly(
                "the setting \"age\" has the default 70, but it must be a whole number of at most 60");
    }

    @Test
    void aRecordWithoutComponentsAndOneWithManyAreFine() throws IOException {
        String many = String.join(", ", Stream.iterate(1, i -> i + 1).limit(40).map(i -> "String s" + i).toList());
        assertThat(compile("@Configuration record Empty() {} @Configuration record Many(" + many + ") {}")).isEmpty();
    }

    @Test
    void aRecordIncludesTheSettingsOfAnother() throws IOException {
        assertThat(compile("""
                @Configuration record Login(String user, @Setting(defaultValue = "5s") Duration patience) {}
                @Configuration record Server(String name, Login login, int port) {}
                @Configuration record Mirror(Server server, List<String> names) {}
                """)).isEmpty();

        assertThat(compile("""
                @Configuration record Login(String user) {}
                @Configuration record Server(String user, Login login) {}
                """)).containsExactly("the setting \"user\" is declared twice");
        assertThat(compile("""
                @Configuration record Login(String user) {}
                @Configuration record Server(@Setting("Whom to ask") Login login) {}
                """)).containsExactly("@Setting belongs to the components of Login, not to the whole record");
        assertThat(compile("@Configuration record Chain(String link, Chain next) {}"))
                .containsExactly("the settings of Chain cannot include themselves");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Secret accountKey      | the setting "account_key" is a secret that Plakar would print in clear text; call it account_access_key
            Secret connection      | the setting "connection" is a secret that Plakar would print in clear text; call it connection_token
            @Setting(key = "key") Secret s | the setting "key" is a secret that Plakar would print in clear text; call it access_key
            String password        | the setting "password" is a secret by its name; declare it as Secret
            Secret passphrase      | the setting "passphrase" is a key of Plakar's own and never reaches a connector; call it key_passphrase
            @Setting(defaultValue = "x") Secret token | the setting "token" is a secret with a default, which anyone could read
            @Setting(defaultValue = "70") @Box int age | the setting "age" has the default 70, but it must be a whole number of at most 60
            @Setting(min = "soon") Duration patience | the setting "patience" has the bound soon, which is not a duration such as 30s, 5m or 1h30m
            @Setting(pattern = "(?i)x") String word | the setting "word" has a pattern that JSON Schema reads differently from Java: (?i)x
            @Setting(pattern = "(") String word | the setting "word" has an invalid pattern: Unclosed group
            @Setting(key = "Big-Key") String word | the setting "Big-Key" needs a key of lower-case letters, digits and _
            @Setting(aliases = "a") String a | the setting "a" is declared twice
            String location        | the setting "location" is the location's own key
            Location place         | the setting "place" holds the location and must be called location
            HostList location      | the setting "location" is the location's own key
            ClusterLocation place  | the setting "place" holds the location and must be called location
            List<HostList> hosts   | the setting "hosts" cannot be a list
            List<ExtensionJars> jars | the setting "jars" cannot be a list
            List<Split> splits     | the setting "splits" cannot be a list
            @Setting(defaultValue = "4/3") Split split | the setting "split" has the default 4/3, but it must be a part such as 2/3, the second of three
            List<Secret> token     | the setting "token" cannot be a list
            Object thing           | a setting cannot be of type java.lang.Object; see dev.kloset.Configuration for the types that can
            Map<String, String> m  | a setting cannot be of type java.util.Map<java.lang.String,java.lang.String>; see dev.kloset.Configuration for the types that can
            """)
    void whatCannotWorkIsRefused(String component, String sentence) throws IOException {
        String declared = component.replace("\") @Box", "\", max = \"60\")");
        assertThat(compile("@Configuration record Bad(" + declared + ") {}")).containsExactly(sentence);
    }

    @Test
    void onlyRecordsThatGeneratedCodeCanMakeAreTaken() throws IOException {
        assertThat(compile("@Configuration static class NoRecord {}")).containsExactly("@Configuration is for records");
        assertThat(compile("@Configuration private record Hidden(int n) {}")).containsExactly(
                "the record must not be private, nor inside something private: generated code makes it");
    }
}
