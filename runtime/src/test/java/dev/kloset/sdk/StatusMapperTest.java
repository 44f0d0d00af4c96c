package dev.kloset.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the host hears of a network that fails: which server it was. */
class StatusMapperTest {

    private static final String LOCATION = "web://shelf.example:81/photos";

    @BeforeEach
    void initialised() {
        LogPlace.connector("web importer", LOCATION);
    }

    @AfterEach
    void ended() {
        LogPlace.connector("plugin", "");
    }

    private static ConnectException connecting(Exception cause) {
        ConnectException error = new ConnectException();
        error.initCause(cause);
        return error;
    }

    @Test
    void theLocationStandsBeforeWhatTheJdkDoesNotSay() {
        assertThat(StatusMapper.sentence(connecting(new ClosedChannelException()))).isEqualTo(LOCATION
                + ": cannot connect: the connection is refused, or the host cannot be reached; check host and port, "
                + "and that the server is up");
        assertThat(StatusMapper.sentence(connecting(new UnresolvedAddressException())))
                .isEqualTo(LOCATION + ": cannot connect: unknown host; check how the host is spelled");
        assertThat(StatusMapper.sentence(new UnknownHostException("shelf.example")))
                .isEqualTo("unknown host shelf.example; check how the host is spelled");
    }

    @Test
    void theAddressStandsThereTooWhereTheJdkSaysIt() {
        assertThat(StatusMapper.sentence(new ConnectException("Connection refused: shelf.example/192.0.2.1:81")))
                .isEqualTo(LOCATION
                        + ": cannot connect to shelf.example:81: Connection refused; check host and port, and that the "
                        + "server is up");
    }

    @Test
    void anAuthorsOwnExceptionGetsTheLocationIfItDoesNotNameTheServer() {
        assertThat(StatusMapper.sentence(new ConnectorException(ErrorKind.TRANSIENT,
                "cannot list, given up after 3 attempts in 420 ms", connecting(new ClosedChannelException()))))
                .isEqualTo(LOCATION + ": cannot list, given up after 3 attempts in 420 ms: cannot connect: the "
                        + "connection is refused, or the host cannot be reached");
        assertThat(StatusMapper.sentence(new ConnectorException(ErrorKind.TRANSIENT,
                "cannot ask shelf.example:81", new ConnectException("Connection refused"))))
                .isEqualTo("cannot ask shelf.example:81: cannot connect: Connection refused");
        assertThat(StatusMapper.sentence(new ConnectorException(ErrorKind.AUTHENTICATION, "wrong password")))
                .isEqualTo("wrong password");
    }
}
