package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/from-go.md names only what exists, and omits nothing that an author can use. */
class FromGoTest {

    private static final List<String> PACKAGES = List.of("dev.kloset.", "dev.kloset.support.", "dev.kloset.sdk.",
            "dev.kloset.exclude.", "dev.kloset.export.", "dev.kloset.resilience.", "dev.kloset.host.",
            "dev.kloset.testkit.",
            "dev.kloset.testkit.contract.", "dev.kloset.testkit.subject.", "dev.kloset.testkit.junit.", "java.lang.",
            "java.io.");
    /** A type, or a type and one of its members. */
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+(?:\\.\\w+)*)`");

    private static Set<String> names() throws IOException {
        return Files.readAllLines(Path.of("../docs/from-go.md"))
                .stream()
                .filter(line -> line.startsWith("| "))
                .map(FromGoTest::javaColumn)
                .flatMap(cell -> NAME.matcher(cell).results().map(found -> found.group(1)))
                .collect(Collectors.toSet());
    }

    /** {@return the second of three cells, or the first of two, which only the last table has} */
    private static String javaColumn(String row) {
        String[] cells = row.split("\\|", -1);
        return cells.length == 5 ? cells[2] : cells[1];
    }

    private static Optional<Class<?>> type(String name) {
        for (String prefix : PACKAGES) {
            try {
                return Optional.of(Class.forName(prefix + name.replace('.', '$'), false,
                        FromGoTest.class.getClassLoader()));
            } catch (ClassNotFoundException e) {
                // It may be in the next package.
            }
        }
        return Optional.empty();
    }

    private static boolean isMember(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && type(name.substring(0, dot)).stream()
                .anyMatch(type -> publicMembers(type)
                        .anyMatch(name.substring(dot + 1)::equals));
    }

    private static Stream<String> publicMembers(Class<?> type) {
        return Stream.concat(Arrays.stream(type.getMethods()).map(method -> method.getName()),
                Arrays.stream(type.getFields()).map(field -> field.getName()));
    }

    @Test
    void everyNameOfOursExists() throws IOException {
        assertThat(names()).hasSizeGreaterThan(90)
                .allSatisfy(name -> assertThat(type(name).isPresent() || isMember(name))
                        .as("%s is a public type or member", name)
                        .isTrue());
    }

    @Test
    void everyPublicTypeForAuthorsIsNamed() throws IOException {
        JavaClasses api = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.kloset");
        List<String> types = api.stream()
                .filter(type -> Set.of("dev.kloset", "dev.kloset.exclude", "dev.kloset.export", "dev.kloset.support")
                        .contains(type.getPackageName()))
                .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(type -> type.getSimpleName())
                .toList();
        Set<String> named = names().stream().map(name -> name.replaceFirst("\\..*", "")).collect(Collectors.toSet());
        assertThat(types).hasSizeGreaterThan(40);
        assertThat(named).containsAll(types);
    }
}
