package dev.kloset.cli.shell;

import picocli.CommandLine.Option;

/** The option {@code --help} of a single command. Only {@code kloset} itself also has a version. */
public final class HelpOption {

    @Option(names = { "-h", "--help" }, usageHelp = true, order = 99, description = "Show this help and exit.")
    boolean help;
}
