package dev.kloset.wire.grpc;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Answers that are at hand. They go out from the thread that reads, which saves waking a thread for the call: with a client that
 * makes one small call after the other, that is much of what a call takes.
 */
@FunctionalInterface
public interface ReadyAnswers {

    /**
     * Answer {@code call} now with {@link ServerCall#answerNow}, or not at all. Runs on the connection's reader thread: it must
     * not block, nor run an author's code.
     *
     * @param request the only message of the call, valid until this returns
     * @return whether {@code call} is answered; if not, or if this throws, a handler answers it
     */
    boolean answer(ServerCall call, ByteBuffer request) throws IOException;
}
