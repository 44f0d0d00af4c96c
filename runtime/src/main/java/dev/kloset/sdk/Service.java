package dev.kloset.sdk;

import dev.kloset.wire.grpc.CallHandler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One gRPC service of the plugin protocol. */
interface Service {

    /** {@return what the paths of this service start with, such as {@code /importer.Importer/}} */
    String pathPrefix();

    /** {@return the handler for {@code method}, or null if the protocol has no such method} */
    @Nullable
    CallHandler handler(String method);

    /** Close the connector, if there is one, within {@code limit}. The host is gone: nobody hears errors any more. */
    void end(Duration limit) throws InterruptedException;
}
