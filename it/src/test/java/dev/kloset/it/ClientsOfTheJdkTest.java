package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kloset.ErrorKind;
import dev.kloset.support.Sentence;
import dev.kloset.testkit.fixtures.ReservedPorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Provokes the exceptions of the JDK's network clients. */
@Timeout(60)
class ClientsOfTheJdkTest {

    private static final String REFUSED = "cannot connect: the connection is refused, or the host cannot be reached";

    private ReservedPorts closed;

    @BeforeEach
    void reserve() throws IOException {
        closed = ReservedPorts.reserve(1);
    }

    @AfterEach
    void release() {
        closed.close();
    }

    private static Throwable http(String host, int port, boolean async, Duration patience) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/"))
                    .timeout(patience)
                    .build();
            return catchThrowable(() -> {
                if (async) {
                    client.sendAsync(request, BodyHandlers.discarding()).join();
                } else {
                    client.send(request, BodyHandlers.discarding());
                }
            });
        }
    }

    private static void says(Throwable error, String sentence, ErrorKind kind) {
        assertThat(Sentence.of(error)).isEqualTo(sentence);
        assertThat(ErrorKind.of(error)).isEqualTo(kind);
    }

    @Test
    void theHttpClientAtAClosedPort() throws IOException {
        Duration patience = Duration.ofSeconds(30);
        says(http("127.0.0.1", closed.port(0), false, patience), REFUSED, ErrorKind.TRANSIENT);
        says(http("127.0.0.1", closed.port(0), true, patience), REFUSED, ErrorKind.TRANSIENT);
    }

    @Test
    void theHttpClientWithAnUnknownHost() throws IOException {
        says(http("nosuch.invalid", closed.port(0), false, Duration.ofSeconds(30)),
                "cannot connect: unknown host",
                ErrorKind.NOT_FOUND);
    }

    @Test
    void theHttpClientWithoutAnAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Throwable error = http("127.0.0.1", silent.getLocalPort(), false, Duration.ofMillis(100));
            assertThat(Sentence.of(error)).endsWith("timed out"); // the request, or on a busy machine the connection
            assertThat(ErrorKind.of(error)).isEqualTo(ErrorKind.TRANSIENT);
        }
    }

    @Test
    void socketsAndChannelsAtAClosedPort() throws IOException {
        int port = closed.port(0);
        says(catchThrowable(() -> new Socket(InetAddress.getLoopbackAddress(), port).close()),
                "cannot connect: Connection refused",
                ErrorKind.TRANSIENT);
        says(catchThrowable(
                () -> SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).close()),
                "cannot connect: Connection refused", ErrorKind.TRANSIENT);
        says(catchThrowable(
                () -> SocketChannel.open(InetSocketAddress.createUnresolved("nosuch.invalid", port)).close()),
                "unknown host", ErrorKind.NOT_FOUND);
        says(catchThrowable(() -> URI.create("http://127.0.0.1:" + port + "/").toURL().openStream().close()),
                "cannot connect: Connection refused", ErrorKind.TRANSIENT);
    }

    @Test
    void theMessageContainsTheAddress() {
        assertThat(Sentence.of(new ConnectException("Connection refused: /127.0.0.1:80")))
                .isEqualTo("cannot connect to 127.0.0.1:80: Connection refused");
        assertThat(Sentence.of(new ConnectException("Connection refused: example.org/192.0.2.1:443")))
                .isEqualTo("cannot connect to example.org:443: Connection refused");
    }

    @Test
    void aNetworkCauseIsReportedOnce() {
        assertThat(Sentence.of(new IOException("cannot list photos: Connection refused",
                new ConnectException("Connection refused"))))
                .isEqualTo("cannot list photos: Connection refused");
    }
}
