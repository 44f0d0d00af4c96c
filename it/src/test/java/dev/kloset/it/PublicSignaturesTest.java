package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A change of what other code can use of the published modules shows in the diff of a text. */
class PublicSignaturesTest {

    private static final Path TEXTS = Path.of("src", "test", "signatures");

    private static List<String> signatures(List<String> packages) throws ClassNotFoundException {
        List<String> names = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages(packages)
                .stream()
                .filter(type -> packages.contains(type.getPackageName()))
                .map(JavaClass::getName)
                .sorted()
                .toList();
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            Class<?> type = Class.forName(name, false, PublicSignaturesTest.class.getClassLoader());
            if (Signature.isVisible(type)) {
                lines.addAll(new Signature(type).lines());
            }
        }
        return lines;
    }

    /** Run with {@code -Dkloset.update=true} the texts are written again; a person then reads what has changed. */
    @ParameterizedTest
    @CsvSource({ "api,dev.kloset dev.kloset.exclude dev.kloset.export dev.kloset.support", "sdk,dev.kloset.sdk",
        "host,dev.kloset.host",
        "resilience,dev.kloset.resilience",
        "testkit,dev.kloset.testkit dev.kloset.testkit.contract dev.kloset.testkit.fixtures dev.kloset.testkit.junit dev.kloset.testkit.report dev.kloset.testkit.subject" })
    void thePublicSignaturesAreThoseInTheFiles(String module, String packages) throws Exception {
        List<String> lines = signatures(List.of(packages.split(" ")));
        Path text = TEXTS.resolve(module + ".txt");
        if (Boolean.getBoolean("kloset.update")) {
            Files.createDirectories(TEXTS);
            Files.write(text, lines);
        }
        assertThat(Files.readAllLines(text)).as("%s, see CONTRIBUTING.md", text).isEqualTo(lines);
    }

    @Test
    void everyTextBelongsToAModuleThatIsLookedAt() throws IOException {
        try (var texts = Files.list(TEXTS)) {
            assertThat(texts.map(text -> text.getFileName().toString())).containsExactlyInAnyOrder("api.txt",
                    "sdk.txt", "host.txt", "resilience.txt", "testkit.txt");
        }
    }

    /** A type with a member of each sort. */
    public interface Sample<T extends Comparable<T>> extends Runnable {

        int NUMBER = 1;

        <E extends Exception> String @Nullable [] all(@Nullable String text, E failure, List<? super T> list) throws E;

        default void more() {}
    }

    @Test
    void aSignatureHasWhatOtherCodeCanUse() {
        List<String> lines = new Signature(Sample.class).lines();
        assertThat(lines.getFirst()).startsWith("public ")
                .endsWith("PublicSignaturesTest$Sample<T extends Comparable<T>> extends Runnable");
        assertThat(lines.subList(1, lines.size())).containsExactly("    public static final int NUMBER",
                "    public abstract <E extends Exception> String @Nullable[] all(@Nullable String, E, "
                        + "java.util.List<? super T>) throws E",
                "    public default void more()");
    }

    @Test
    void whatOtherCodeCannotNameHasNoSignature() {
        assertThat(Signature.isVisible(Sample.class)).as("its class is not public").isFalse();
        assertThat(Signature.isVisible(List.class)).isTrue();
    }
}
