package dev.kloset.cli;

/** What the process ends with. Scripts rely on these numbers. */
final class ExitCode {

    static final int OK = 0;
    /** The command ran, but some records failed or what was asked for is not there. */
    static final int RECORDS_FAILED = 1;
    static final int USAGE = 2;
    /** Unknown protocol, dead plugin, unreachable system: the command could not run or not to its end. */
    static final int FAILED = 3;
    /** As a shell reports a program that ended by Ctrl-C. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
