package dev.kloset.cli.shell;

/** The exit codes of the process. Scripts rely on these numbers. */
public final class ExitCode {

    public static final int OK = 0;
    /** The command ran, but some records failed, or what the user asked for does not exist. */
    public static final int RECORDS_FAILED = 1;
    public static final int USAGE = 2;
    /** The command could not run, or not to its end: unknown protocol, dead plugin, unreachable system. */
    public static final int FAILED = 3;
    /** The code that shells report for a program ended by Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
