package dev.kloset.cli;

import java.io.IOException;

/** Ends a command with one sentence for the user and an exit code. */
final class CommandException extends IOException {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    private CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** {@return an end because the user asked for something that makes no sense} */
    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }

    /** {@return an end because what the user asked for is not there} */
    static CommandException notThere(String message) {
        return new CommandException(ExitCode.RECORDS_FAILED, message);
    }

    /** {@return an end because the command cannot run} */
    static CommandException failed(String message) {
        return new CommandException(ExitCode.FAILED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
