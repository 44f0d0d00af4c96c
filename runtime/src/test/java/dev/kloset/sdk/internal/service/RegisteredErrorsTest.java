package dev.kloset.sdk.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.kloset.ErrorKind;
import dev.kloset.ErrorRecord;
import dev.kloset.ErrorTable;
import dev.kloset.Importer;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.support.Sentence;
import dev.kloset.wire.grpc.ClientCall;
import dev.kloset.wire.grpc.StatusCode;
import dev.kloset.wire.grpc.StatusException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

/** A connector explains the exceptions of its library once, and they are explained wherever they appear. */
class RegisteredErrorsTest {

    private static final String SERVICE = "/importer.Importer/";

    /** As in JDBC: one type for everything, with a code. */
    private static final class DatabaseException extends Exception {

        private static final long serialVersionUID = 1;

        private final String state;

        DatabaseException(String message, String state) {
            super(message);
            this.state = state;
        }

        String state() {
            return state;
        }
    }

    /** As in Hadoop: the message of a server with its stack, in an exception of the client with another. */
    private static final class RemoteException extends IOException {

        private static final long serialVersionUID = 1;

        RemoteException() {
            super("""
                    org.example.SafeModeException: Cannot delete /x. Name node is in safe mode.
                    \tat org.example.FSNamesystem.check(FSNamesystem.java:1400)
                    \tat org.example.NameNode.delete(NameNode.java:1177)
                    """);
            initCause(new SocketException("Connection reset"));
        }
    }

    private static final class PoliteException extends RuntimeException {

        private static final long serialVersionUID = 1;

        PoliteException() {
            super("of another library");
        }
    }

    private static final Plugin PLUGIN = Plugin.builder("db")
            .importer("db", _ -> {
                throw new UncheckedIOException(new IOException("cannot connect to db1", new DatabaseException("FATAL: "
                        + "password authentication failed for user \"bk\"", "28P01")));
            })
            .errors(ErrorTable.builder()
                    .add(DatabaseException.class, e -> e.state().startsWith("28"), ErrorKind.AUTHENTICATION,
                            _ -> "wrong user or password; check the settings username and password")
                    .add(DatabaseException.class, e -> e.state().equals("42501"), ErrorKind.PERMISSION,
                            e -> "no right: " + e.getMessage())
                    .add(DatabaseException.class, e -> e.state().equals("XX"), ErrorKind.OTHER, e -> {
                        throw new IllegalStateException("a bug in a row");
                    })
                    .add(RemoteException.class, ErrorKind.PERMISSION, _ -> "the NameNode is in safe mode")
                    .build())
            .build();

    private record Failing(ThrowableAssert.ThrowingCallable code) implements Importer {

        @Override
        public String origin() {
            return "o";
        }

        @Override
        public String type() {
            return "t";
        }

        @Override
        public String root() {
            return "/";
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            records.emit(ErrorRecord.of("/salaries",
                    new IOException("cannot read salaries", new DatabaseException("permission denied", "42501"))));
            try {
                code.call();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aRefusedLoginIsExplainedInTheStatusOfInit() throws Exception {
        try (HostEnd host = new HostEnd(
                Services.importer(PLUGIN.registrations().getFirst().importer().orElseThrow(), new HostContext()))) {
            assertThatThrownBy(() -> host.init(SERVICE))
                    .asInstanceOf(type(StatusException.class))
                    .extracting(StatusException::status)
                    .satisfies(status -> {
                        assertThat(status.code()).isEqualTo(StatusCode.UNAUTHENTICATED);
                        assertThat(status.message()).isEqualTo("cannot connect to db1: wrong user or password; check "
                                + "the settings username and password");
                    });
        }
    }

    @Test
    void soAreErrorRecordsAndTheStatusOfAnImportWithoutTheStacksOfTheServer() throws Exception {
        assertThat(PLUGIN.name()).isEqualTo("db"); // registers the table
        try (HostEnd host = new HostEnd(Services.importer(_ -> new Failing(() -> {
            throw new RemoteException();
        }), new HostContext()))) {
            host.init(SERVICE);
            try (ClientCall call = host.call(SERVICE + "Import")) {
                assertThat(HostEnd.nextRecord(call)).isEqualTo(new ErrorRecord("/salaries",
                        "cannot read salaries: no right: permission denied"));
                assertThatThrownBy(() -> HostEnd.nextRecord(call)).asInstanceOf(type(StatusException.class))
                        .extracting(StatusException::status)
                        .satisfies(status -> {
                            assertThat(status.code()).isEqualTo(StatusCode.PERMISSION_DENIED);
                            assertThat(status.message()).isEqualTo("test://x: the NameNode is in safe mode");
                        });
            }
        }
    }

    @Test
    void theKindIsThatOfTheNearestExceptionThatIsKnown() {
        DatabaseException denied = new DatabaseException("permission denied", "42501");
        assertThat(PLUGIN.name()).isEqualTo("db");
        assertThat(ErrorKind.of(new ExecutionException(new IOException("cannot read", denied))))
                .isEqualTo(ErrorKind.PERMISSION);
        // A lost connection is not the reason, although it is among the causes.
        assertThat(ErrorKind.of(new RemoteException())).isEqualTo(ErrorKind.PERMISSION);
        assertThat(ErrorKind.of(new SocketException("Connection reset"))).isEqualTo(ErrorKind.TRANSIENT);
    }

    @Test
    void whatNoRowHasOrWhatARowFailsAtIsExplainedAsBefore() {
        assertThat(PLUGIN.name()).isEqualTo("db");
        assertThat(Sentence.of(new IOException("cannot read", new DatabaseException("disk full", "53100"))))
                .isEqualTo("cannot read: disk full");
        assertThat(Sentence.of(new DatabaseException("internal error", "XX"))).isEqualTo("internal error");
        assertThat(ErrorKind.of(new PoliteException())).isEqualTo(ErrorKind.BUG);
        assertThat(Sentence.of(new RemoteException())).isEqualTo("the NameNode is in safe mode");
    }
}
