package dev.kloset.cli.compare;

import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.StatusLine;
import dev.kloset.cli.shell.Terminal;

/** Redraws one line while a comparison reads both sides. */
final class CompareProgress implements AutoCloseable {

    private final StatusLine line;

    private CompareProgress(StatusLine line) {
        this.line = line;
    }

    static CompareProgress show(Terminal terminal, Traits a, Traits b) {
        return new CompareProgress(terminal.showsStatus()
                ? StatusLine.show(terminal, () -> "A: " + words(a) + "   B: " + words(b))
                : StatusLine.NONE);
    }

    private static String words(Traits side) {
        return HumanText.count(side.entries(), "entry", "entries") + ", " + HumanText.bytes(side.bytes());
    }

    @Override
    public void close() {
        line.close();
    }
}
