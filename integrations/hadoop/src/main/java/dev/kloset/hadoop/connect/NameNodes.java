package dev.kloset.hadoop.connect;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.support.Sentence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.DFSUtilClient;
import org.apache.hadoop.hdfs.HAUtilClient;
import org.apache.hadoop.net.NetUtils;

/**
 * The NameNodes of a nameservice, or the one host of a location: Hadoop's client tries them again and again before it says what is
 * wrong.
 */
record NameNodes(List<InetSocketAddress> addresses) {

    private static final int LONGEST_MILLIS = 5000;
    private static final int USUAL_PORT = 8020;
    private static final Map<String, Integer> WEB_PORTS = Map.of("webhdfs", 9870, "swebhdfs", 9871);

    static NameNodes of(Place place, Configuration configuration) {
        if (HAUtilClient.isLogicalUri(configuration, place.uri())) {
            Collection<InetSocketAddress> all = DFSUtilClient.getHaNnRpcAddresses(configuration)
                    .getOrDefault(place.authority(), Map.of())
                    .values();
            return new NameNodes(List.copyOf(all));
        }
        int port = Objects.requireNonNullElse(WEB_PORTS.get(place.scheme()), USUAL_PORT);
        return new NameNodes(List.of(NetUtils.createSocketAddr(place.authority(), port)));
    }

    /** Find the addresses of all hosts. */
    void resolve() throws IOException {
        if (addresses.isEmpty()) {
            throw new ConnectorException(ErrorKind.CONFIGURATION, "conf_dir names no NameNode of the nameservice");
        }
        for (InetSocketAddress address : addresses) {
            InetAddress.getByName(address.getHostString());
        }
    }

    /** Connect to the port of one of them, and leave. */
    void reach() throws IOException {
        List<String> failures = new ArrayList<>();
        IOException first = null;
        for (InetSocketAddress address : addresses) {
            try (Socket socket = new Socket()) {
                InetAddress host = InetAddress.getByName(address.getHostString());
                socket.connect(new InetSocketAddress(host, address.getPort()), LONGEST_MILLIS);
                return;
            } catch (IOException e) {
                failures.add(address.getHostString() + ":" + address.getPort() + ": " + Sentence.of(e));
                first = first == null ? e : first;
            }
        }
        ErrorKind kind = first == null ? ErrorKind.TRANSIENT : ErrorKind.of(first);
        throw new ConnectorException(kind, "no NameNode answers: " + String.join("; ", failures));
    }
}
