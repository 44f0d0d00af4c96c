package dev.kloset.cli;

/** What every command works with. */
record CommandContext(Surroundings surroundings, Terminal terminal, Endpoints endpoints) {

    static CommandContext of(Surroundings surroundings, Terminal terminal) {
        return new CommandContext(surroundings, terminal, new Endpoints(surroundings, terminal));
    }
}
