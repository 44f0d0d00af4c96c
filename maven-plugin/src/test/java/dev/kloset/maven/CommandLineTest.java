package dev.kloset.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The settings of a POM become options of the packaging library. */
class CommandLineTest {

    @Test
    void optionsThatThePomDoesNotSetAreLeftOut() {
        assertThat(new CommandLine().with("name", null)
                .with("tier", " \n ")
                .withAll("tag", null)
                .withWords("class", null)
                .withWords("subclass", " ")
                .lines()).isEmpty();
    }

    @Test
    void aTextOfSeveralLinesBecomesOne() {
        assertThat(new CommandLine().with("description", "\n    Two lines\n    of text\n  ").lines())
                .containsExactly("--description", "Two lines of text");
    }

    @Test
    void listsArePassedWordByWordInTheirOrder() {
        assertThat(new CommandLine().withAll("tag", List.of("a b", "c")).withWords("class", "x=1, y=2 z=3").lines())
                .containsExactly("--tag", "a b", "--tag", "c", "--class", "x=1", "--class", "y=2", "--class", "z=3");
    }

    @Test
    void aPlakarCommandLineIsSplitAsInAShell() {
        assertThat(RunMojo.words("  backup  demo:///srv/data ")).containsExactly("backup", "demo:///srv/data");
        assertThat(RunMojo.words("restore -to \"demo:///with space\" 'a \"b\" c' x='y z'"))
                .containsExactly("restore", "-to", "demo:///with space", "a \"b\" c", "x=y z");
        assertThat(RunMojo.words("it\"'\"s")).containsExactly("it's");
    }
}
