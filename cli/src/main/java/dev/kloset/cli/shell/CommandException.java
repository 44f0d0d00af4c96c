package dev.kloset.cli.shell;

import dev.kloset.support.Sentence;
import java.io.IOException;

/** Ends a command with one sentence for the user and an exit code. */
public final class CommandException extends IOException {

    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final transient Json details;

    private CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
        this.details = Json.object();
    }

    private CommandException(Exception cause, int exitCode, String message, Json details) {
        super(message, cause);
        this.exitCode = exitCode;
        this.details = details;
    }

    /** {@return the same failure for a command that knows what to add to it in JSON, such as what it has done so far} */
    public static CommandException of(Exception cause, Json details) {
        return switch (cause) {
            case InterruptedException _ -> new CommandException(cause, ExitCode.INTERRUPTED, "interrupted", details);
            case CommandException e -> new CommandException(cause, e.exitCode, Sentence.of(e), details);
            default -> new CommandException(cause, ExitCode.FAILED, Sentence.of(cause), details);
        };
    }

    /** {@return the failure of a command that makes no sense} */
    public static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }

    /** {@return the failure of a command whose subject does not exist} */
    public static CommandException notThere(String message) {
        return new CommandException(ExitCode.RECORDS_FAILED, message);
    }

    /** {@return the failure of a command that cannot run} */
    public static CommandException failed(String message) {
        return new CommandException(ExitCode.FAILED, message);
    }

    public int exitCode() {
        return exitCode;
    }

    /** {@return what a program reads about the failure, beside its sentence} */
    public Json details() {
        return details;
    }
}
