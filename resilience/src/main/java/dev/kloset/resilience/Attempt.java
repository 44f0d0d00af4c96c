package dev.kloset.resilience;

import java.io.IOException;

/** Something that may fail, and may be tried again. */
@FunctionalInterface
public interface Attempt<T> {

    /** {@return what it gives} */
    T make() throws IOException, InterruptedException;
}
