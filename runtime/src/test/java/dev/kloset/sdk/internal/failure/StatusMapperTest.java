package dev.kloset.sdk.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.sdk.internal.log.HostContext;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the host reads when the network fails: which server it was. */
class StatusMapperTest {

    private static final String LOCATION = "web://shelf.example:81/photos";

    private final StatusMapper statuses;

    StatusMapperTest() {
        HostContext host = new HostContext();
        host.serves("web importer", LOCATION, Map.of());
        statuses = new StatusMapper(host);
    }

    private static ConnectException connecting(Exception cause) {
        ConnectException error = new ConnectException();
        error.initCause(cause);
        return error;
    }

    @Test
    void theLocationPrecedesAFailureOfWhichTheJdkNamesNoPlace() {
        assertThat(statuses.sentence(connecting(new ClosedChannelException()))).isEqualTo(LOCATION
                + ": cannot connect: the connection is refused, or the host cannot be reached; check host and port, "
                + "and that the server is up");
        assertThat(statuses.sentence(connecting(new UnresolvedAddressException())))
                .isEqualTo(LOCATION + ": cannot connect: unknown host; check the spelling of the host");
        assertThat(statuses.sentence(new UnknownHostException("shelf.example")))
                .isEqualTo("unknown host shelf.example; check the spelling of the host");
    }

    @Test
    void theAddressFollowsIfTheJdkNamesIt() {
        assertThat(statuses.sentence(new ConnectException("Connection refused: shelf.example/192.0.2.1:81")))
                .isEqualTo(LOCATION
                        + ": cannot connect to shelf.example:81: Connection refused; check host and port, and that the "
                        + "server is up");
    }

    @Test
    void anAuthorsOwnExceptionGetsTheLocationIfItDoesNotNameTheServer() {
        assertThat(statuses.sentence(new ConnectorException(ErrorKind.TRANSIENT,
                "cannot list, given up after 3 attempts in 420 ms", connecting(new ClosedChannelException()))))
                .isEqualTo(LOCATION + ": cannot list, given up after 3 attempts in 420 ms: cannot connect: the "
                        + "connection is refused, or the host cannot be reached");
        assertThat(statuses.sentence(new ConnectorException(ErrorKind.TRANSIENT,
                "cannot ask shelf.example:81", new ConnectException("Connection refused"))))
                .isEqualTo("cannot ask shelf.example:81: cannot connect: Connection refused");
        assertThat(statuses.sentence(new ConnectorException(ErrorKind.AUTHENTICATION, "wrong password")))
                .isEqualTo("wrong password");
    }
}
