package dev.kloset.cli.compare;

import java.io.IOException;

/** Receives every difference, in the order of the paths; those of hard links come last. On the thread that compares. */
@FunctionalInterface
public interface DifferenceListener {

    void differs(Difference difference) throws IOException;
}
