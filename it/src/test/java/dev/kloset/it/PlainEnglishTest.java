package dev.kloset.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps idioms out of comments and documents that a reader has to translate. docs/glossary.md has the words to use. */
class PlainEnglishTest {

    private static final Path ROOT = Path.of("..");

    /** Each has a better word: the host, the caller, another process, no caller; learns, receives; its. */
    private static final Pattern IDIOMS = Pattern.compile(
            "(?<![\"`])\\b(nobody|whoever|somebody|everybody|anybody|(is|are|was|were|be|been) told(?! apart)|those who|who has)\\b|\\bof it\\.(\\s|$)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\\n]*`", Pattern.DOTALL);

    @Test
    void commentsAreInPlainEnglish() throws IOException {
        List<Path> sources = RepositoryFiles.endingIn(ROOT, ".java");
        assertThat(sources).hasSizeGreaterThan(900);
        assertThat(idioms(sources, COMMENT)).isEmpty();
    }

    @Test
    void documentsAreInPlainEnglish() throws IOException {
        List<Path> documents = RepositoryFiles.endingIn(ROOT, ".md");
        assertThat(documents).hasSizeGreaterThan(40);
        List<String> found = new ArrayList<>();
        for (Path document : documents) {
            found.addAll(idioms(document, CODE.matcher(Files.readString(document, UTF_8)).replaceAll(" ")));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void anIdiomIsFound() {
        assertThat(IDIOMS.matcher("a hook that is for whoever needs one").find()).isTrue();
        assertThat(IDIOMS.matcher("the host is\ntold").replaceAll(" ")).isEqualTo("the host is\ntold");
        assertThat(idioms(ROOT, "The importer is told.\nNo use is made of it.\n")).hasSize(2);
    }

    private static List<String> idioms(List<Path> sources, Pattern part) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path source : sources) {
            Matcher parts = part.matcher(Files.readString(source, UTF_8));
            while (parts.find()) {
                found.addAll(idioms(source, parts.group()));
            }
        }
        return found;
    }

    private static List<String> idioms(Path file, String text) {
        return IDIOMS.matcher(text).results().map(match -> file + ": " + around(text, match)).toList();
    }

    private static String around(String text, MatchResult match) {
        return text.substring(Math.max(0, match.start() - 40), Math.min(text.length(), match.end() + 40))
                .replaceAll("\\s+", " ");
    }
}
