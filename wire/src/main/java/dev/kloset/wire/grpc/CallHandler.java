package dev.kloset.wire.grpc;

/** Answers calls, each on a platform thread of its own, because handlers run authors' code. */
@FunctionalInterface
public interface CallHandler {

    /**
     * Answer one call. Returning ends it with OK, a {@link StatusException} with that status, any other exception with UNKNOWN
     * and one sentence about the failure; the connection and the other calls live on. If the client resets the call or is gone,
     * the thread is interrupted and {@code call} throws {@link CallCancelledException}.
     */
    void handle(ServerCall call) throws Exception;
}
