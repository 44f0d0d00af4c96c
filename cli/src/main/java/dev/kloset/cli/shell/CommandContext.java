package dev.kloset.cli.shell;

/** What every command needs to do its work. */
public record CommandContext(Invocation invocation, Terminal terminal, Endpoints endpoints) {

    public static CommandContext of(Invocation invocation, Terminal terminal) {
        return new CommandContext(invocation, terminal, new Endpoints(invocation, terminal));
    }
}
