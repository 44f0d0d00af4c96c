package dev.kloset.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** docs/reference/packaging.md has every command with every option, as the command line reads them. */
class CommandsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "packaging.md");
    private static final String START = "\n## ";

    private static String rendered(CommandSpec command) {
        return START + command.name() + "\n\n" + String.join(" ", command.usageMessage().description())
                + "\n\n| option | meaning |\n|---|---|\n"
                + command.options().stream().map(CommandsDocumentTest::row).collect(Collectors.joining());
    }

    private static String row(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        String meaning = String.join(" ", option.description())
                .replaceAll("(--[a-z][a-z-]*|[a-z]+=\\S*[^\\s,)])", "`$1`");
        return "| `" + (option.longestName() + value).replace("|", "\\|") + "` | " + meaning.replace("|", "\\|")
                + " |\n";
    }

    /** With {@code -Dkloset.update=true} this test rewrites the document, as a change of the commands requires. */
    @Test
    void theDocumentHasEveryCommandAsTheCodeHasIt() throws IOException {
        String document = Files.readString(DOCUMENT);
        String introduction = document.substring(0, document.indexOf(START));
        String rendered = Commands.all()
                .getSubcommands()
                .values()
                .stream()
                .map(CommandLine::getCommandSpec)
                .map(CommandsDocumentTest::rendered)
                .collect(Collectors.joining());
        if (Boolean.getBoolean("kloset.update")) {
            Files.writeString(DOCUMENT, introduction + rendered);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(introduction + rendered);
    }
}
