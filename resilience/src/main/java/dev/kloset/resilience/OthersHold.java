package dev.kloset.resilience;

import java.io.IOException;
import java.time.Instant;

/** A hold that others made and end: it is only looked at, and needs no note. */
record OthersHold(String name, SourceHold source) implements SourceHold, HoldNote {

    @Override
    public void acquire(String same, Instant until) throws IOException, InterruptedException {
        source.check(name);
    }

    @Override
    public void extend(String same, Instant until) throws IOException, InterruptedException {
        source.check(name);
    }

    @Override
    public void release(String same) {
        // Not ours.
    }

    @Override
    public void remove() {
        // There is no note.
    }

    @Override
    public void leave() {
        // There is no note.
    }
}
