package dev.kloset.resilience;

import java.io.IOException;

/** An operation that may fail, and that can be tried again. */
@FunctionalInterface
public interface IoCall<T> {

    /** {@return the result of the operation} */
    T make() throws IOException, InterruptedException;
}
