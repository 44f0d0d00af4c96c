package dev.kloset.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Plugin.Kind;
import dev.kloset.testkit.clause.Checks;
import dev.kloset.testkit.contract.Clause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The document, the list of clauses and the checks must agree. */
class ContractDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "contract.md");
    private static final String START = "\n## ";

    /** {@return the part of the document that is generated from the clauses} */
    private static String rendered() {
        StringBuilder text = new StringBuilder();
        for (Clause.Family family : Clause.Family.values()) {
            text.append("\n## ")
                    .append(family.title())
                    .append("\n\n| id | rule | reason | check |\n|---|---|---|---|\n");
            for (Clause clause : Clause.values()) {
                if (clause.family() == family) {
                    text.append("| <a id=\"")
                            .append(clause.id())
                            .append("\"></a>")
                            .append(String.join(" | ", clause.id(), clause.rule(), clause.reason(), check(clause)))
                            .append(" |\n");
                }
            }
        }
        return text.toString();
    }

    private static String check(Clause clause) {
        return clause.isChecked() ? sentence(clause.how()) : "Not checked: " + clause.how() + ".";
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    /** With {@code -Dkloset.update=true} this test rewrites the document, as a change of the clauses requires. */
    @Test
    void theDocumentHasEveryClauseAsTheCodeHasIt() throws IOException {
        String document = Files.readString(DOCUMENT);
        String introduction = document.substring(0, document.indexOf(START));
        if (Boolean.getBoolean("kloset.update")) {
            Files.writeString(DOCUMENT, introduction + rendered());
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(introduction + rendered());
    }

    @Test
    void everyClauseHasACheckOrAReasonWhyNot() {
        Set<Clause> promised = EnumSet.noneOf(Clause.class);
        for (Clause clause : Clause.values()) {
            if (clause.isChecked()) {
                promised.add(clause);
            }
            assertThat(clause.how()).as("how %s is checked, or why not", clause).isNotBlank();
        }
        assertThat(Checker.checked()).isEqualTo(promised);
    }

    @ParameterizedTest
    @EnumSource
    void checksThatDoNotConcernTheKindAreSkipped(Kind kind) {
        assertThat(Checks.of(kind).keySet()).allMatch(clause -> clause.concerns(kind));
    }

    @ParameterizedTest
    @EnumSource
    void rulesAndReasonsAreSentences(Clause clause) {
        assertThat(clause.id()).matches("[TLIES]\\d\\d");
        assertThat(clause.rule()).matches("[A-Z](?s:.*)\\.").doesNotContain("|");
        assertThat(clause.reason()).matches("[A-Z](?s:.*)\\.").doesNotContain("|");
    }
}
