package dev.kloset.kafka.servers;

import dev.kloset.testkit.fixtures.ReservedPorts;
import java.io.IOException;

/** The ports of a broker, one for each listener, also while it starts, or is down. */
record BrokerPorts(ReservedPorts ports) implements AutoCloseable {

    private static final int LISTENERS = 5;

    static BrokerPorts reserve() throws IOException {
        return new BrokerPorts(ReservedPorts.reserve(LISTENERS));
    }

    int plain() {
        return ports.port(0);
    }

    int sasl() {
        return ports.port(1);
    }

    int tls() {
        return ports.port(2);
    }

    int astray() {
        return ports.port(3);
    }

    int controller() {
        return ports.port(4);
    }

    @Override
    public void close() {
        ports.close();
    }
}
