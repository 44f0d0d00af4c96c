package dev.kloset.benchmarks.job;

import java.io.IOException;

/** The smallest program. It waits after its output so that it can be examined. No plugin can start sooner on the same JVM. */
final class HelloWorld {

    private HelloWorld() {}

    @SuppressWarnings("SystemOut") // the program does nothing else
    public static void main(String[] args) throws IOException {
        System.out.println("Hello, World");
        System.in.read();
    }
}
