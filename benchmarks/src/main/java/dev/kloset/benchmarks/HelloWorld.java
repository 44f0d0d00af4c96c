package dev.kloset.benchmarks;

import java.io.IOException;

/** The smallest program, which then waits so that it can be looked at: no plugin can start sooner on the same JVM. */
final class HelloWorld {

    private HelloWorld() {}

    @SuppressWarnings("SystemOut") // That is all it does.
    public static void main(String[] args) throws IOException {
        System.out.println("Hello, World");
        System.in.read();
    }
}
