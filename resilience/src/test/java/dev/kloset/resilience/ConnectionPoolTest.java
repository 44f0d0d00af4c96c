package dev.kloset.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {

    private final List<String> events = new ArrayList<>();
    private int made;

    private record Connection(int number, List<String> events) implements AutoCloseable {

        InputStream read(int bytes) {
            return new ByteArrayInputStream(new byte[bytes]);
        }

        @Override
        public void close() {
            events.add("closed " + number);
        }
    }

    private ConnectionPool<Connection> pool(int size, Duration patience) {
        return new ConnectionPool<>("the server db", size, patience, () -> {
            events.add("made " + ++made);
            return new Connection(made, events);
        });
    }

    @Test
    void aConnectionIsReusedAndStaysLeasedWhileAContentIsOpen() throws Exception {
        try (ConnectionPool<Connection> pool = pool(2, Duration.ofMinutes(1))) {
            assertThat(pool.call(Connection::number)).isEqualTo(1);
            try (InputStream in = pool.stream(connection -> connection.read(3))) {
                assertThat(pool.call(Connection::number)).as("the first is in use").isEqualTo(2);
                assertThat(in.readAllBytes()).hasSize(3);
            }
            assertThat(pool.call(Connection::number)).isEqualTo(1);
        }
        assertThat(events).containsExactly("made 1", "made 2", "closed 2", "closed 1");
    }

    @Test
    void aFailedOrHalfReadConnectionIsClosedTogetherWithTheIdleOnes() throws Exception {
        try (ConnectionPool<Connection> pool = pool(3, Duration.ofMinutes(1))) {
            try (InputStream in = pool.stream(connection -> connection.read(3))) {
                pool.call(Connection::number);
                assertThat(in.read()).isZero();
            }
            assertThat(events).containsExactly("made 1", "made 2", "closed 1", "closed 2");
            events.clear();
            assertThatThrownBy(() -> pool.call(connection -> {
                throw new IOException("reset");
            })).hasMessage("reset");
            assertThatThrownBy(() -> pool.stream(connection -> {
                throw new IOException("reset");
            })).hasMessage("reset");
            assertThat(events).containsExactly("made 3", "closed 3", "made 4", "closed 4");
            for (int i = 0; i < 10; i++) {
                pool.call(Connection::number);
            }
            assertThat(made).isEqualTo(5);
        }
    }

    @Test
    void aCallerThatWaitsTooLongLearnsThatAllConnectionsAreInUse() throws Exception {
        try (ConnectionPool<Connection> pool = pool(1, Duration.ofMillis(20))) {
            InputStream in = pool.stream(connection -> connection.read(3));
            assertThatThrownBy(() -> pool.call(Connection::number))
                    .hasMessage("no connection to the server db became free: all 1 have been in use for 20 ms");
            in.close();
            in.close();
            assertThat(pool.call(Connection::number)).isEqualTo(2);
        }
    }

    @Test
    void aFailureToConnectFreesItsPlace() throws Exception {
        boolean[] reachable = { false };
        try (ConnectionPool<Connection> pool = new ConnectionPool<>("db", 1, Duration.ofMillis(20), () -> {
            if (!reachable[0]) {
                throw new IOException("refused");
            }
            return new Connection(7, events);
        })) {
            assertThatThrownBy(() -> pool.call(Connection::number)).hasMessage("refused");
            reachable[0] = true;
            assertThat(pool.call(Connection::number)).isEqualTo(7);
        }
    }

    @Test
    void aClosedPoolLeasesNothingAndClosesConnectionsAsTheyComeBack() throws Exception {
        ConnectionPool<Connection> pool = pool(2, Duration.ofMinutes(1));
        try (InputStream in = pool.stream(connection -> connection.read(0))) {
            pool.close();
            assertThatThrownBy(() -> pool.call(Connection::number))
                    .hasMessage("the connections to the server db are closed");
            assertThat(in.read()).isEqualTo(-1);
            assertThat(events).containsExactly("made 1");
        }
        assertThat(events).containsExactly("made 1", "closed 1");
    }
}
