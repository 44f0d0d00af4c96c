package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every link, every fence and every command of every document is right. */
class PagesTest {

    /** Those that the site highlights. */
    private static final Set<String> LANGUAGES = Set.of("sh", "java", "kotlin", "xml", "yaml", "json", "groovy", "text",
            "diff", "go");
    private static final Pattern TABLE = Pattern.compile("(^\\|.*\n)+", Pattern.MULTILINE);
    /** Also in code: there, too, a bar ends the cell unless a backslash stands before it. */
    private static final Pattern BORDER = Pattern.compile("(?<!\\\\)\\|");

    @Test
    void everyLinkLeadsToAPlaceThatExists() throws IOException {
        List<String> faults = new ArrayList<>();
        int links = 0;
        for (DocumentPage page : DocumentPage.all()) {
            for (String link : page.links()) {
                links++;
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
                if (!Files.isRegularFile(target)) {
                    faults.add(page.name() + ": " + link + " leads to no file");
                } else if (parts.length == 2 && !DocumentPage.of(target).anchors().contains(parts[1])) {
                    faults.add(page.name() + ": " + link + " leads to no heading");
                }
            }
        }
        assertThat(links).isGreaterThan(300);
        assertThat(faults).isEmpty();
    }

    @Test
    void everyFenceHasALanguageAndAnEnd() throws IOException {
        List<String> faults = new ArrayList<>();
        for (DocumentPage page : DocumentPage.all()) {
            boolean open = false;
            String before = "";
            for (String line : page.text().lines().toList()) {
                if (line.stripLeading().startsWith("```")) {
                    String language = line.strip().substring(3);
                    if (open ? !language.isEmpty() : !LANGUAGES.contains(language)) {
                        faults.add(page.name() + ": " + line);
                    }
                    open = !open;
                } else if (!open && line.startsWith("    ") && before.isBlank()) {
                    faults.add(page.name() + ": code without a fence: " + line.strip());
                }
                before = line;
            }
            if (open) {
                faults.add(page.name() + ": the last fence has no end");
            }
        }
        assertThat(faults).isEmpty();
    }

    private static int cells(String row) {
        return BORDER.split(row, -1).length;
    }

    @Test
    void everyRowOfATableHasAsManyCellsAsItsHeader() throws IOException {
        List<String> faults = new ArrayList<>();
        int rows = 0;
        for (DocumentPage page : DocumentPage.all()) {
            for (MatchResult table : TABLE.matcher(page.text()).results().toList()) {
                List<String> lines = table.group().lines().toList();
                rows += lines.size();
                lines.stream()
                        .filter(row -> cells(row) != cells(lines.getFirst()))
                        .forEach(row -> faults.add(page.name() + ": " + row));
            }
        }
        assertThat(rows).isGreaterThan(1000);
        assertThat(faults).isEmpty();
    }

    @Test
    void everyCommandExistsWithItsOptions() throws IOException {
        DocumentedCommands known = new DocumentedCommands();
        List<String> faults = new ArrayList<>();
        int commands = 0;
        for (DocumentPage page : DocumentPage.all()) {
            for (String command : page.commands(DocumentedCommands.OURS)) {
                commands++;
                known.faults(command).forEach(fault -> faults.add(page.name() + ": " + command + ": " + fault));
            }
        }
        assertThat(commands).isGreaterThan(100);
        assertThat(faults).isEmpty();
    }

    @Test
    void aWrongCommandIsFound() throws IOException {
        DocumentedCommands known = new DocumentedCommands();
        assertThat(known.faults("./kloset copy --no-such files:///a files:///b"))
                .containsExactly("kloset copy has no option --no-such");
        assertThat(known.faults("kloset cpoy files:///a")).containsExactly("there is no command kloset cpoy");
        assertThat(known.faults("mvn kloset:pakcage")).containsExactly("there is no goal kloset:pakcage");
        assertThat(known.faults("mvn verify -Dkloset.heep=1g")).containsExactly("there is no property kloset.heep");
        assertThat(known.faults("mvn verify -pl it -am -Dtest=PagesTest")).singleElement()
                .asString()
                .contains("failIfNoSpecifiedTests");
        assertThat(known.faults("it/interop/run -Dtest=NoneSuchTest")).containsExactly("there is no test NoneSuchTest");
        assertThat(known.faults("KLOSET_LGO=debug plakar backup")).containsExactly("there is no variable KLOSET_LGO");
        assertThat(known.faults("KLOSET_LOG=debug ./kloset ls -v files:///etc | head")).isEmpty();
    }
}
