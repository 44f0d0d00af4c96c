package dev.kloset.cli;

/** Where the kloset command starts. */
public final class Main {

    private Main() {}

    /** Run the command and end the process with its exit code. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.standard();
        Interruption interruption = Interruption.watch(Thread.currentThread());
        int exitCode = new Kloset(CommandContext.of(Surroundings.ofThisProcess(), terminal)).run(args);
        interruption.commandEnded();
        System.exit(exitCode);
    }
}
