package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the README, pasted chapter by chapter into a shell that stands in the checkout. */
class ReadmeTest {

    private static final List<String> CHAPTERS = List.of("Two commands", "With Plakar", "Without Plakar",
            "Check a plugin");

    @TempDir
    private Path directory;

    @Test
    void everyCommandOfEveryChapterWorks() throws Exception {
        Path checkout = Checkout.withDocuments(directory.resolve("checkout"), "files");
        try (Plakar plakar = Plakar.below(directory)
                .with("KLOSET_NO_BUILD", "1")
                .with("PLAKAR_PASSPHRASE", "what a user types")
                .patient(Duration.ofMinutes(60))) {
            for (String chapter : CHAPTERS) {
                new Newcomer(plakar, checkout).follow(Walkthrough.chapter(Walkthrough.README, chapter));
            }

            plakar.shell(checkout, "diff -r docs \"$HOME/docs\"").orFail();
            plakar.shell(checkout, "diff --no-dereference -r /etc/ssl \"$HOME/etc/ssl\"").orFail();
            assertThat(plakar.home().resolve("report.html")).content().contains("I01");
            String version = plakar.shell(checkout, plakar.installation() + "/kloset-files --version").orFail().out();
            assertThat(version).startsWith("files v");
            assertThat(plakar.ok("pkg", "show").lines()).containsExactly("files@" + version.split(" ", -1)[1]);
        }
    }

    /** The chapter about plugins of one's own is that of {@link OwnPluginTest}. */
    @Test
    void noChapterIsLeftOut() throws Exception {
        assertThat(Walkthrough.chaptersWithCommands(Walkthrough.README))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(CHAPTERS.stream(), Stream.of("Your own plugin")).toList());
    }
}
