package dev.kloset.wire.grpc;

import org.jspecify.annotations.Nullable;

/** Finds who answers a call. Called on the connection's reader thread: it must not block. */
@FunctionalInterface
public interface CallRouter {

    /**
     * {@return who answers calls of {@code path}, or null: the client is told that the method does not exist}
     *
     * @param path such as {@code /importer.Importer/Init}
     */
    @Nullable
    CallHandler route(String path);
}
