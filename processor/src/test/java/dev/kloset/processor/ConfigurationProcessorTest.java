package dev.kloset.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
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
        var compiler = ToolProvider.getSystemJavaCompiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            CompilationTask task = compiler.getTask(null, files, found,
                    List.of("-d", classes.toString(), "-Xlint:all,-processing,-path", "-Werror"), null,
                    List.of(new Source(source)));
            task.setProcessors(List.of(new ConfigurationProcessor()));
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

    @Test
    void aRecordWithoutComponentsAndOneWithManyAreFine() throws IOException {
        String many = String.join(", ", Stream.iterate(1, i -> i + 1).limit(40).map(i -> "String s" + i).toList());
        assertThat(compile("@Configuration record Empty() {} @Configuration record Many(" + many + ") {}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Secret accountKey      | the setting "account_key" is a secret that Plakar would print in clear; call it account_access_key
            Secret connection      | the setting "connection" is a secret that Plakar would print in clear; call it connection_token
            @Setting(key = "key") Secret s | the setting "key" is a secret that Plakar would print in clear; call it access_key
            String password        | the setting "password" is a secret by its name; declare it as Secret
            Secret passphrase      | the setting "passphrase" is a key of Plakar's own and never reaches a connector; call it key_passphrase
            @Setting(defaultValue = "x") Secret token | the setting "token" is a secret with a default, which everybody could read
            @Setting(defaultValue = "70") @Box int age | the setting "age" has the default 70, but it must be a whole number of at most 60
            @Setting(min = "soon") Duration patience | the setting "patience" has the bound soon, which is no duration such as 30s, 5m or 1h30m
            @Setting(pattern = "(?i)x") String word | the setting "word" has a pattern that JSON Schema reads differently from Java: (?i)x
            @Setting(pattern = "(") String word | the setting "word" has a pattern that is none: Unclosed group
            @Setting(key = "Big-Key") String word | the setting "Big-Key" needs a key of small letters, digits and _
            @Setting(formerly = "a") String a | the setting "a" is declared twice
            String location        | the setting "location" is the location's own key
            Location place         | the setting "place" holds the location and must be called location
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
