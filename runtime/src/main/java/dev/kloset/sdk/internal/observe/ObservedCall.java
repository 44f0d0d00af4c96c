package dev.kloset.sdk.internal.observe;

import dev.kloset.sdk.internal.observe.Observer.Span;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ServerCall;

/** Answers calls as {@code handler} does and reports them to {@code observer}. */
record ObservedCall(String path, CallHandler handler, Observer observer) implements CallHandler {

    @Override
    public void handle(ServerCall call) throws Exception {
        Span span = observer.call(path);
        Throwable failure = null;
        try {
            handler.handle(call);
        } catch (Throwable t) {
            failure = t;
            throw t;
        } finally {
            span.end(0, failure);
        }
    }
}
