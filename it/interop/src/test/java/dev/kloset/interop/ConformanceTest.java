package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.testkit.contract.Clause;
import dev.kloset.testkit.contract.ClauseResult;
import dev.kloset.testkit.contract.Conformance;
import dev.kloset.testkit.contract.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conformance table in the documentation equals the result of a run, and explains every broken clause. */
class ConformanceTest {

    private static final Path DOCUMENT = Programs.root().resolve("docs/conformance.md");
    private static final String START = "\n| plugin |";

    /** As much of a list item as fits into the 100 columns of our documents, of which two are for the indentation. */
    private static final Pattern LINE = Pattern.compile("(.{1,98})(?: |$)");

    @TempDir
    Path directory;

    /** With {@code -Dkloset.update=true} this test rewrites the document; a person must then review the changes. */
    @Test
    void theTableEqualsTheResultOfARun() throws Exception {
        Map<Checked, Conformance> results = new EnumMap<>(Checked.class);
        for (Checked checked : Checked.values()) {
            results.put(checked, checked.check(directory));
        }
        for (Map.Entry<Checked, Conformance> result : results.entrySet()) {
            if (result.getKey().isOurs()) {
                assertThat(result.getValue().failures()).as(result.getKey().title).isEmpty();
            }
            assertThat(result.getValue().left()).as("what %s left behind", result.getKey().title).isEmpty();
        }
        String document = Files.readString(DOCUMENT);
        String expected = document.substring(0, document.indexOf(START)) + table(results) + explanations(results);
        if (Boolean.getBoolean("kloset.update")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
    }

    private static String table(Map<Checked, Conformance> results) {
        // How far a broken plugin gets before it fails depends on timing, and so does the number of clauses that can be judged.
        StringBuilder text = new StringBuilder(START).append(" kept or not applicable | broken | which are broken |\n")
                .append("|---|---|---|---|\n");
        results.forEach((checked, result) -> text.append("| ")
                .append(checked.title)
                .append(checked.isOurs() ? " (this SDK)" : " (Go SDK)")
                .append(" | ")
                .append(result.count(Outcome.Passed.class) + result.count(Outcome.NotApplicable.class))
                .append(" | ")
                .append(result.failures().size())
                .append(" | ")
                .append(broken(result).stream().map(Clause::id).collect(Collectors.joining(" ")))
                .append(" |\n"));
        return text.toString();
    }

    private static List<Clause> broken(Conformance result) {
        return result.failures().stream().map(ClauseResult::clause).toList();
    }

    private static String explanations(Map<Checked, Conformance> results) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Checked, Conformance> result : results.entrySet()) {
            if (result.getValue().failures().isEmpty()) {
                continue;
            }
            text.append("\n## ").append(result.getKey().title).append("\n\n");
            for (Clause clause : broken(result.getValue())) {
                String why = Explanations.of(result.getKey(), clause);
                assertThat(why).as("the explanation of %s of the %s: %s", clause, result.getKey().title,
                        result.getValue().failures()).isNotEmpty();
                text.append(wrapped("- **" + clause.id() + "** " + clause.rule() + " " + why));
            }
        }
        return text.toString();
    }

    private static String wrapped(String item) {
        return LINE.matcher(item).replaceAll("$1\n  ").stripTrailing() + "\n";
    }
}
