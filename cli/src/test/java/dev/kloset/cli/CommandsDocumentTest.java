package dev.kloset.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** docs/reference/kloset.md has every command with every option, as the command line reads them. */
class CommandsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "kloset.md");
    private static final String START = "\n## ";
    /** As much as fits into the 100 columns of our documents. */
    private static final Pattern LINE = Pattern.compile("(.{1,100})(?: |$)");

    @TempDir
    Path directory = Path.of("");

    private CommandLine root() {
        Terminal silent = new Terminal(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), false, false);
        return new Kloset(CommandContext.of(CommandRun.surroundings(directory), silent)).commandLine();
    }

    /** {@return a command and those below it} A command that stays out of the help stays out of the document too. */
    private static Stream<CommandLine> all(CommandLine command) {
        List<CommandLine> below = command.getSubcommands().values().stream().distinct().toList();
        return Stream.concat(Stream.of(command), below.stream()
                .filter(each -> !each.getCommandSpec().usageMessage().hidden())
                .filter(each -> !(each.getCommand() instanceof CommandLine.HelpCommand))
                .flatMap(CommandsDocumentTest::all));
    }

    private static String rendered(CommandLine command) {
        CommandLine.Model.UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        String synopsis = command.getHelp().synopsis(0).strip().replaceAll("\\s+", " ");
        StringBuilder text = new StringBuilder(START).append(command.getCommandSpec().qualifiedName(" "))
                .append("\n\n")
                .append(LINE.matcher(lines(usage.description())).replaceAll("$1\n").strip())
                .append("\n\n```text\n")
                .append(synopsis)
                .append("\n```\n");
        List<String> rows = rows(command);
        if (!rows.isEmpty()) {
            text.append("\n| argument | meaning |\n|---|---|\n").append(String.join("", rows));
        }
        String footer = plain(String.join("\n", usage.footer())).strip();
        if (!footer.isEmpty()) {
            text.append("\n```text\n").append(footer).append("\n```\n");
        }
        return text.toString();
    }

    private static List<String> rows(CommandLine command) {
        Stream<String> parameters = command.getCommandSpec()
                .positionalParameters()
                .stream()
                .filter(parameter -> !parameter.hidden())
                .map(CommandsDocumentTest::row);
        Stream<String> options = command.getCommandSpec()
                .options()
                .stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparing(CommandsDocumentTest::asksForHelp).thenComparingInt(OptionSpec::order))
                .map(CommandsDocumentTest::row);
        return Stream.concat(parameters, options).toList();
    }

    private static boolean asksForHelp(OptionSpec option) {
        return option.usageHelp() || option.versionHelp();
    }

    private static String row(PositionalParamSpec parameter) {
        return row(parameter.paramLabel(), parameter.description());
    }

    private static String row(OptionSpec option) {
        String names = Arrays.stream(option.names())
                .map(name -> option.negatable() ? name.replaceFirst("^--(no-)?", "--[no-]") : name)
                .collect(Collectors.joining(", "));
        boolean flag = option.arity().max() == 0;
        return row(flag
                ? names
                : names + (names.startsWith("--") || names.contains(", --") ? "=" : " ")
                        + option.paramLabel(),
                option.description());
    }

    private static String row(String name, String... description) {
        return "| `" + name.replace("|", "\\|") + "` | " + lines(description).replace("|", "\\|") + " |\n";
    }

    /** {@return a description as Markdown} Pieces of a command line, which have signs of Markdown in them, become code. */
    private static String lines(String... description) {
        return plain(String.join(" ", description)).replaceAll("\\s+", " ")
                .strip()
                .replaceAll(
                        "(?<![\\w`])(\\{\\w+}|[a-z][a-z0-9]*://[\\w/{}]*|--?[a-z][a-z-]*(=[A-Z]+)?|[A-Z]+=[A-Z]+|\\*\\.\\w+)",
                        "`$1`");
    }

    private static String plain(String text) {
        return Ansi.OFF.text(text.replace("%%", "%").replace("%n", "\n")).toString();
    }

    /** With {@code -Dkloset.update=true} this test rewrites the document, as a change of the commands requires. */
    @Test
    void theDocumentHasEveryCommandAsTheCodeHasIt() throws IOException {
        String document = Files.readString(DOCUMENT);
        String introduction = document.substring(0, document.indexOf(START));
        String rendered = all(root()).map(CommandsDocumentTest::rendered).collect(Collectors.joining());
        if (Boolean.getBoolean("kloset.update")) {
            Files.writeString(DOCUMENT, introduction + rendered);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(introduction + rendered);
    }

    @Test
    void everyCommandAndEveryOptionIsExplained() {
        assertThat(all(root())).hasSizeGreaterThan(10).allSatisfy(command -> {
            assertThat(lines(command.getCommandSpec().usageMessage().description())).as(name(command)).isNotEmpty();
            assertThat(command.getCommandSpec().args())
                    .allSatisfy(each -> assertThat(lines(each.description())).as(name(command) + " " + each)
                            .isNotEmpty());
        });
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName(" ").toLowerCase(Locale.ROOT);
    }
}
