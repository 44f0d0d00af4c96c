package dev.kloset.cli;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page of one command, in the language of man. */
record ManPage(CommandLine command) {

    private CommandSpec spec() {
        return command.getCommandSpec();
    }

    /** {@return the name of the page, such as {@code kloset-store-ls}} */
    String name() {
        return spec().qualifiedName("-");
    }

    String text() {
        UsageMessageSpec usage = spec().usageMessage();
        StringBuilder page = new StringBuilder();
        page.append(".TH \"").append(name().toUpperCase(Locale.ROOT)).append("\" 1 \"\" \"kloset\" \"Kloset\"\n");
        section(page, "NAME", escaped(name()) + " \\- " + escaped(summary(usage)));
        section(page, "SYNOPSIS", synopsis());
        section(page, "DESCRIPTION", lines(usage.description()));
        arguments(page);
        options(page);
        commands(page);
        section(page, "NOTES", verbatim(usage.footer()));
        return page.toString();
    }

    private static String summary(UsageMessageSpec usage) {
        String first = usage.description().length == 0 ? "" : usage.description()[0];
        int end = first.indexOf(". ");
        return (end < 0 ? first : first.substring(0, end)).replaceAll("\\.$", "");
    }

    private String synopsis() {
        StringJoiner words = new StringJoiner(" ");
        words.add("\\fB" + escaped(spec().qualifiedName(" ")) + "\\fR");
        if (!spec().options().isEmpty()) {
            words.add("[\\fIOPTION\\fR]...");
        }
        for (PositionalParamSpec parameter : spec().positionalParameters()) {
            String label = "\\fI" + escaped(parameter.paramLabel()) + "\\fR";
            label = parameter.arity().max() > 1 ? label + "..." : label;
            words.add(parameter.required() ? label : "[" + label + "]");
        }
        return command.getSubcommands().isEmpty() ? words.toString() : words.add("\\fICOMMAND\\fR").toString();
    }

    private void arguments(StringBuilder page) {
        if (!spec().positionalParameters().isEmpty()) {
            page.append(".SH ARGUMENTS\n");
            spec().positionalParameters().forEach(each -> item(page, italic(each), each));
        }
    }

    private void options(StringBuilder page) {
        page.append(".SH OPTIONS\n");
        for (OptionSpec option : spec().options()) {
            StringJoiner names = new StringJoiner(", ");
            List.of(option.names()).forEach(each -> names.add("\\fB" + escaped(each) + "\\fR"));
            item(page, names + (option.arity().max() == 0 ? "" : " " + italic(option)), option);
        }
    }

    private void commands(StringBuilder page) {
        if (command.getSubcommands().isEmpty()) {
            return;
        }
        page.append(".SH COMMANDS\n");
        command.getSubcommands().forEach((word, sub) -> {
            if (!sub.getCommandSpec().helpCommand()) {
                item(page, "\\fB" + escaped(word) + "\\fR",
                        escaped(summary(sub.getCommandSpec().usageMessage())) + ", see "
                                + escaped(new ManPage(sub).name()) + "(1)");
            }
        });
    }

    private static String italic(ArgSpec argument) {
        return "\\fI" + escaped(argument.paramLabel()) + "\\fR";
    }

    private static void item(StringBuilder page, String term, ArgSpec argument) {
        String text = String.join(" ", argument.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()));
        item(page, term, escaped(text));
    }

    private static void item(StringBuilder page, String term, String text) {
        page.append(".TP\n").append(term).append('\n').append(text).append('\n');
    }

    private static void section(StringBuilder page, String title, String text) {
        if (!text.isBlank()) {
            page.append(".SH ").append(title).append('\n').append(text.strip()).append('\n');
        }
    }

    private static String lines(String... lines) {
        return escaped(String.join("\n", lines).strip());
    }

    /** {@return lines that keep their breaks, as the examples of a footer need} */
    private static String verbatim(String... lines) {
        String text = lines(lines);
        return text.isEmpty() ? "" : ".nf\n" + text + "\n.fi";
    }

    /** {@return {@code text} so that man shows it as it is} A line must not begin with a point or a quote. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.lines()
                .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
                .reduce((a, b) -> a + "\n" + b)
                .orElse("");
    }
}
