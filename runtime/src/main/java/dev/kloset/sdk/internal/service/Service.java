package dev.kloset.sdk.internal.service;

import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ReadyAnswers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One gRPC service of the plugin protocol. */
interface Service {

    /** {@return what the paths of this service start with, such as {@code /importer.Importer/}} */
    String pathPrefix();

    /**
     * {@return the handler for {@code method}, or null if the protocol has no such method} It runs on a thread that works for the
     * host, and what it throws becomes a status.
     */
    @Nullable
    CallHandler handler(String method);

    /** {@return what may have answers to {@code method} at hand; null if there is none now} For the thread that reads. */
    default @Nullable ReadyAnswers ready(String method) {
        return null;
    }

    /** Close the connector, if there is one, within {@code limit}. The host is gone: there is no one left to receive errors. */
    void end(Duration limit) throws InterruptedException;
}
