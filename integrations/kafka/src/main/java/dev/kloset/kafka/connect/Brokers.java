package dev.kloset.kafka.connect;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.HostList;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Finds out why brokers do not answer: Kafka's clients only say that they have waited. */
record Brokers(HostList hosts, Duration timeout) {

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int USUAL_PORT = 9092;

    /** Find the addresses of all hosts. */
    void resolve() throws IOException {
        for (HostList.Host host : hosts) {
            InetAddress.getByName(host.name());
        }
    }

    /** Connect to the port of one of them, and leave. */
    void reach() throws IOException {
        List<String> failures = new ArrayList<>();
        IOException first = null;
        for (HostList.Host host : hosts) {
            IOException failure = connect(host);
            if (failure == null) {
                return;
            }
            failures.add(host + ": " + Sentence.of(failure));
            first = first == null ? failure : first;
        }
        ErrorKind kind = first == null ? ErrorKind.TRANSIENT : ErrorKind.of(first);
        throw new ConnectorException(kind, "no broker answers: " + String.join("; ", failures));
    }

    private @Nullable IOException connect(HostList.Host host) {
        Duration limit = timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
        try (Socket socket = new Socket()) {
            InetAddress address = InetAddress.getByName(host.name());
            socket.connect(new InetSocketAddress(address, host.port().orElse(USUAL_PORT)), (int) limit.toMillis());
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** {@return a failure, with its reason if the client has waited in vain and its log knows why} */
    IOException explained(IOException failure, Duration waited) {
        if (!(failure.getCause() instanceof TimeoutException)) {
            return failure;
        }
        String names = String.join(", ", hosts.hosts().stream().map(HostList.Host::toString).toList());
        String why = ClientLog.unresolved()
                .map(host -> "the advertised address " + host + " cannot be resolved")
                .orElse("check hosts and ports, and whether security_protocol is that of the listener");
        ConnectorException explained = new ConnectorException(ErrorKind.TRANSIENT,
                "no broker of " + names + " answered within " + waited.toSeconds() + "s; " + why);
        explained.addSuppressed(failure);
        return explained;
    }
}
