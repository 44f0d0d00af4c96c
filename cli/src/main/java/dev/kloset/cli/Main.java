package dev.kloset.cli;

import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.Interruption;
import dev.kloset.cli.shell.Invocation;
import dev.kloset.cli.shell.Terminal;

/** The entry point of the kloset command. */
public final class Main {

    private Main() {}

    /** Run the command and end the process with its exit code. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.standard();
        Interruption interruption = Interruption.watch(Thread.currentThread());
        int exitCode = new Kloset(CommandContext.of(Invocation.ofThisProcess(), terminal)).run(args);
        interruption.commandEnded();
        System.exit(exitCode);
    }
}
