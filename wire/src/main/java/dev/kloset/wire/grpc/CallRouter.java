package dev.kloset.wire.grpc;

import org.jspecify.annotations.Nullable;

/** Finds the handler of a call. Called on the connection's reader thread: it must not block. */
@FunctionalInterface
public interface CallRouter {

    /**
     * {@return the handler for calls of {@code path}; null answers the client that the method does not exist}
     *
     * @param path such as {@code /importer.Importer/Init}
     */
    @Nullable
    CallHandler route(String path);

    /**
     * {@return what may have answers to calls of {@code path} at hand; null if there is none now} A handler answers whatever that
     * does not.
     */
    default @Nullable ReadyAnswers ready(String path) {
        return null;
    }
}
