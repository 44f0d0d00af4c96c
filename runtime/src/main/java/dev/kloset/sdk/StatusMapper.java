package dev.kloset.sdk;

import dev.kloset.ConfigException;
import dev.kloset.support.Sentence;
import dev.kloset.wire.codec.MalformedMessageException;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.FileNotFoundException;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/**
 * The one place where an exception of a connector becomes what the host is told. Never UNAVAILABLE nor CANCELLED: the host
 * replaces their texts by its own. Never UNIMPLEMENTED: that means a call that the protocol does not have.
 */
final class StatusMapper {

    private StatusMapper() {}

    /** {@return {@code handler}, with everything it throws turned into a status with a sentence} */
    static CallHandler guarded(CallHandler handler) {
        return call -> {
            try {
                handler.handle(call);
            } catch (OutOfMemoryError e) {
                throw e;
            } catch (Throwable t) {
                throw status(call, t);
            }
        };
    }

    private static StatusException status(ServerCall call, Throwable error) {
        if (!call.isCancelled()) {
            System.getLogger("dev.kloset.sdk").log(Level.DEBUG, () -> call.path() + " failed", error);
        }
        return status(error);
    }

    static StatusException status(Throwable error) {
        if (error instanceof StatusException known && known.status().code() != StatusCode.UNAVAILABLE
                && known.status().code() != StatusCode.CANCELLED) {
            return known;
        }
        StatusException status = new StatusException(code(error), Sentence.of(error));
        status.initCause(error);
        return status;
    }

    private static StatusCode code(Throwable error) {
        return switch (error) {
            case ConfigException _,MalformedMessageException _,IllegalArgumentException _ ->
                StatusCode.INVALID_ARGUMENT;
            case NoSuchFileException _,FileNotFoundException _ -> StatusCode.NOT_FOUND;
            case AccessDeniedException _ -> StatusCode.PERMISSION_DENIED;
            case FileAlreadyExistsException _ -> StatusCode.ALREADY_EXISTS;
            case UnsupportedOperationException _ -> StatusCode.FAILED_PRECONDITION;
            case InterruptedException _ -> StatusCode.ABORTED;
            default -> StatusCode.UNKNOWN;
        };
    }
}
