package dev.kloset.packaging.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class path of a build in the image. */
class LibrariesTest {

    @TempDir
    private Path directory;

    private Path jar(String path, String content) throws Exception {
        Path jar = directory.resolve(path);
        Files.createDirectories(jar.resolveSibling("."));
        return Files.writeString(jar, content);
    }

    @Test
    void jarsWithTheSameNameAreBothKeptInTheirOrder() throws Exception {
        List<Path> classPath = List.of(jar("org/a/core-1.0.jar", "of a"), jar("org/b/core-1.0.jar", "of b"),
                jar("org/c/core-1.0.jar", "of c"));

        List<String> names = new Libraries("demo").add(classPath, directory.resolve("image"));

        assertThat(names).containsExactly("lib/core-1.0.jar", "lib/2-core-1.0.jar", "lib/3-core-1.0.jar");
        for (int i = 0; i < classPath.size(); i++) {
            assertThat(directory.resolve("image").resolve(names.get(i))).hasSameTextualContentAs(classPath.get(i));
        }
    }
}
