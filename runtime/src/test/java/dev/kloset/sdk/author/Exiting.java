package dev.kloset.sdk.author;

import dev.kloset.sdk.Entrypoint;

/** A plugin whose author ends the process where an exception would do. */
public final class Exiting {

    static final int STATUS = 3;

    private Exiting() {}

    public static void main(String[] args) {
        Entrypoint.importer(args, context -> {
            throw logIn();
        });
    }

    private static IllegalStateException logIn() {
        System.exit(STATUS);
        return new IllegalStateException("the process goes on");
    }
}
