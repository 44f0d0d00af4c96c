package dev.kloset.files.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalkExcludesTest {

    @Test
    void theWalkLeavesOutWhatIsExcludedAndKeepsItsSiblings(@TempDir Path root) throws Exception {
        for (String file : List.of("ui/frontend/app.js", "ui/frontend/index.html", "ui/frontend/vendor.js", "ui/README",
                "node_modules/react/index.js", "a.log", "b.txt", "main.go")) {
            Path path = root.resolve(file);
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file);
        }
        assertThat(walk(root, "**/frontend/*", "!**/frontend/index.html", "node_modules/", "*.log")).containsExactly(
                "b.txt", "main.go", "ui", "ui/README", "ui/frontend", "ui/frontend/index.html");
    }

    @Test
    void aNegatedExcludeInsideAnExcludedDirectoryIsFound(@TempDir Path root) throws Exception {
        Files.createDirectories(root.resolve("drop/deep/keep"));
        Files.writeString(root.resolve("drop/deep/keep/f"), "x");
        Files.writeString(root.resolve("drop/deep/g"), "x");
        assertThat(walk(root, "drop", "!keep")).containsExactly("drop/deep/keep", "drop/deep/keep/f");
    }

    @Test
    void aRuleMayExcludeTheRootItselfOrADirectoryInIt(@TempDir Path root) throws Exception {
        Path secret = Files.createDirectory(root.resolve("secret"));
        Files.createFile(secret.resolve("f"));
        assertThat(walk(root, "secret/", "!/elsewhere")).isEmpty();
        assertThat(walk(root, root.toString(), "!/elsewhere")).isEmpty();
    }

    private static List<String> walk(Path root, String... excludes) throws IOException, InterruptedException {
        return WalkCollector.of(WalkCollector.importer(root.toString(), Map.of(),
                options -> options.excludes(List.of(excludes)))).pathsBelow(root);
    }
}
