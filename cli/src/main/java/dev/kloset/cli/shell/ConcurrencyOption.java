package dev.kloset.cli.shell;

import picocli.CommandLine.Option;

/** The option {@code --concurrency} of every command that reads whole sources. */
public final class ConcurrencyOption {

    // An opening mostly waits for the other process, so a few more openings than cores do no harm.
    private static final int LEAST_DEFAULT = 4;

    @Option(names = "--concurrency", paramLabel = "N", order = 10, description = {
        "Read up to N files at once from each source; by default one per core, at least 4." })
    int asked = usual();

    /** {@return how many files to read at once if the user does not say} */
    public static int usual() {
        return Math.max(LEAST_DEFAULT, Runtime.getRuntime().availableProcessors());
    }

    /** {@return how many files to read at once} */
    public int files() throws CommandException {
        if (asked < 1) {
            throw CommandException.usage("--concurrency must be at least 1, not " + asked);
        }
        return asked;
    }
}
