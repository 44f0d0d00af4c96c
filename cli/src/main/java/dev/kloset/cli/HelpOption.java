package dev.kloset.cli;

import picocli.CommandLine.Option;

/** {@code --help} of a command that is not the whole {@code kloset}: only that one has a version. */
final class HelpOption {

    @Option(names = { "-h", "--help" }, usageHelp = true, order = 99, description = "Show this help and exit.")
    boolean help;
}
