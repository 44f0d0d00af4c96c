package dev.kloset.sdk;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.support.Sentence;
import dev.kloset.wire.codec.MalformedMessageException;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;

/**
 * The one place where an exception of a connector becomes what the host is told. Never UNAVAILABLE nor CANCELLED: the host
 * replaces their texts by its own. Never UNIMPLEMENTED: that means a call that the protocol does not have.
 */
final class StatusMapper {

    private static final String DISK_FULL = "No space left on device";

    private StatusMapper() {}

    /** {@return {@code handler}, with everything it throws turned into a status with a sentence} */
    static CallHandler guarded(CallHandler handler) {
        return call -> {
            try {
                handler.handle(call);
            } catch (OutOfMemoryError e) {
                LastWords.outOfMemory();
                throw e;
            } catch (Throwable t) {
                throw status(call, t);
            } finally {
                LogPlace.path(null); // another call is next on this thread
            }
        };
    }

    private static StatusException status(ServerCall call, Throwable error) {
        if (!call.isCancelled()) {
            System.getLogger("dev.kloset.sdk").log(Level.DEBUG, () -> call.path() + " failed", error);
        }
        return status(error);
    }

    /** {@return what a user reads of {@code error}} */
    static String sentence(Throwable error) {
        return status(error).status().message();
    }

    static StatusException status(Throwable error) {
        if (error instanceof StatusException known && known.status().code() != StatusCode.UNAVAILABLE
                && known.status().code() != StatusCode.CANCELLED) {
            return known;
        }
        StatusException status = new StatusException(code(error), text(error));
        status.initCause(error);
        return status;
    }

    /** What happened, and what a user can do about it. Authors give their own advice with their own exceptions. */
    private static String text(Throwable error) {
        // Hidden before it is one line: a secret may have several.
        String sentence = Sentence.of(HiddenSecrets.ofThisProcess().hide(Sentence.words(error)));
        String advised = error instanceof ConnectorException ? placed(sentence, error) : switch (ErrorKind.of(error)) {
            case BUG -> "a bug in the connector: " + sentence + place(error)
                    + "; tell its author, with the log of KLOSET_LOG=debug";
            case TRANSIENT -> located(sentence) + "; check host and port, and that the server is up";
            case NOT_FOUND -> Network.isUnknownHost(error)
                    ? (sentence.contains("unknown host ") ? sentence : located(sentence))
                            + "; check how the host is spelled"
                    : sentence;
            default ->
                sentence.contains(DISK_FULL) ? located(sentence) + "; make room or choose another place" : sentence;
        };
        return Sentence.of(HiddenSecrets.ofThisProcess().hide(advised));
    }

    /** Authors give their own advice, but may know no more than the JDK where it could not connect. */
    private static String placed(String sentence, Throwable error) {
        return Network.isUnreachable(error) && !Network.saysHost(sentence, LogPlace.location())
                ? located(sentence)
                : sentence;
    }

    /** The JDK does not say where it could not connect or write. */
    private static String located(String sentence) {
        String location = LogPlace.location();
        return location.isEmpty() || sentence.contains(location) ? sentence : location + ": " + sentence;
    }

    /** The first line of code that is not the JDK's own. */
    private static String place(Throwable error) {
        for (StackTraceElement frame : error.getStackTrace()) {
            String type = frame.getClassName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun.")) {
                return " at " + type + "." + frame.getMethodName() + ":" + frame.getLineNumber();
            }
        }
        return "";
    }

    private static StatusCode code(Throwable error) {
        return switch (error) {
            case MalformedMessageException _ -> StatusCode.INVALID_ARGUMENT;
            case FileAlreadyExistsException _ -> StatusCode.ALREADY_EXISTS;
            case InterruptedException _ -> StatusCode.ABORTED;
            default -> switch (ErrorKind.of(error)) {
                case CONFIGURATION -> StatusCode.INVALID_ARGUMENT;
                case AUTHENTICATION -> StatusCode.UNAUTHENTICATED;
                case NOT_FOUND -> StatusCode.NOT_FOUND;
                case PERMISSION -> StatusCode.PERMISSION_DENIED;
                case TRANSIENT -> StatusCode.ABORTED;
                case UNSUPPORTED -> StatusCode.FAILED_PRECONDITION;
                case BUG -> StatusCode.INTERNAL;
                case OTHER -> StatusCode.UNKNOWN;
            };
        };
    }
}
