package dev.kloset.sdk.internal.failure;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.internal.KnownErrors;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.log.Network;
import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.CallHandler;
import dev.kloset.wire.grpc.ServerCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import dev.kloset.wire.protobuf.MalformedMessageException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;

/**
 * The one place where an exception of a connector becomes a status for the host. Never UNAVAILABLE or CANCELLED: the host
 * replaces their texts with its own. Never UNIMPLEMENTED: that means a call that the protocol does not have.
 */
public final class StatusMapper {

    private static final String DISK_FULL = "No space left on device";

    private final HostContext host;

    /** Report to {@code host}: texts name its own location and never its secrets. */
    public StatusMapper(HostContext host) {
        this.host = host;
    }

    /** {@return {@code handler}, working for the host, with everything that it throws turned into a status with a sentence} */
    public CallHandler guarded(CallHandler handler) {
        return call -> {
            host.enter();
            try {
                handler.handle(call);
            } catch (OutOfMemoryError e) {
                UncaughtHandler.end(e);
                throw e;
            } catch (Throwable t) {
                throw status(call, t);
            } finally {
                host.leave(); // another call is next on this thread
            }
        };
    }

    private StatusException status(ServerCall call, Throwable error) {
        if (!call.isCancelled()) {
            System.getLogger("dev.kloset.sdk").log(Level.DEBUG, () -> call.path() + " failed", error);
        }
        return status(error);
    }

    /** {@return how a user reads {@code error}} */
    public String sentence(Throwable error) {
        return status(error).status().message();
    }

    StatusException status(Throwable error) {
        if (error instanceof StatusException known && known.status().code() != StatusCode.UNAVAILABLE
                && known.status().code() != StatusCode.CANCELLED) {
            return known;
        }
        StatusException status = new StatusException(code(error), text(error));
        status.initCause(error);
        return status;
    }

    /** What happened, and what a user can do about it. Authors give their own advice with their own exceptions. */
    private String text(Throwable error) {
        // Hidden before the text becomes one line: a secret may have several.
        String sentence = Sentence.of(host.hide(Sentence.words(error)));
        return Sentence.of(host.hide(advised(sentence, error)));
    }

    private String advised(String sentence, Throwable error) {
        if (error instanceof ConnectorException) {
            return placed(sentence, error);
        }
        if (KnownErrors.explain(error)) {
            return KnownErrors.of(error) == null ? sentence : located(sentence);
        }
        return switch (ErrorKind.of(error)) {
            case BUG -> "a bug in the connector: " + sentence + place(error)
                    + "; tell its author, with the log of KLOSET_LOG=debug";
            case TRANSIENT -> located(sentence) + "; check host and port, and that the server is up";
            case NOT_FOUND -> Network.isUnknownHost(error)
                    ? (sentence.contains("unknown host ") ? sentence : located(sentence))
                            + "; check the spelling of the host"
                    : sentence;
            default ->
                sentence.contains(DISK_FULL) ? located(sentence) + "; make room or choose another place" : sentence;
        };
    }

    /** Authors give their own advice, but may know no more than the JDK about a failed connection. */
    private String placed(String sentence, Throwable error) {
        return Network.isUnreachable(error) && !Network.saysHost(sentence, host.location())
                ? located(sentence)
                : sentence;
    }

    /** The JDK does not say where it could not connect or write. */
    private String located(String sentence) {
        String location = host.location();
        return location.isEmpty() || sentence.contains(location) ? sentence : location + ": " + sentence;
    }

    /** The first line of code that is not the JDK's. */
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
