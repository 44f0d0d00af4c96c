package dev.kloset.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Documents have lines of at most 100 columns. Tables and blocks of code are exempt, and what cannot be broken. */
class MarkdownWidthTest {

    private static final int COLUMNS = 100;

    /** Code and links, which count as one word. */
    private static final Pattern UNBREAKABLE = Pattern.compile("`[^`]*`|\\[[^]]*]\\([^)]*\\)");

    /** The mark before a list item or a quotation. */
    private static final Pattern MARK = Pattern.compile("^\\s*([-*>]|\\d+\\.)\\s+");

    @Test
    void documentsFitIntoTheirColumns() throws IOException {
        List<Path> documents = RepositoryFiles.endingIn(Path.of(".."), ".md");
        assertThat(documents).hasSizeGreaterThan(40);
        List<String> found = new ArrayList<>();
        for (Path document : documents) {
            tooLong(Files.readString(document, UTF_8)).forEach(line -> found.add(document + ":" + line));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void onlyLinesThatCanBeBrokenCount() {
        String word = "x".repeat(COLUMNS);
        assertThat(tooLong("short\n" + word + " too long\n")).containsExactly("2: " + word + " too long");
        assertThat(tooLong("- " + word + "\n| " + word + " | in a table |\n```\n" + word + " is code\n```\n"))
                .isEmpty();
        assertThat(tooLong("  [a page with a name](" + word + ")\n`" + word + " --option`.\n")).isEmpty();
        assertThat(tooLong("See [a page](" + word + ")\n")).hasSize(1);
    }

    private static List<String> tooLong(String document) {
        List<String> found = new ArrayList<>();
        boolean isCode = false;
        int number = 0;
        for (String line : document.lines().toList()) {
            number++;
            if (line.stripLeading().startsWith("```")) {
                isCode = !isCode;
            } else if (!isCode && !line.stripLeading().startsWith("|") && isTooLong(line)) {
                found.add(number + ": " + line);
            }
        }
        return found;
    }

    private static boolean isTooLong(String line) {
        String text = MARK.matcher(line).replaceFirst("");
        return line.length() > COLUMNS && UNBREAKABLE.matcher(text).replaceAll("x").strip().contains(" ");
    }
}
