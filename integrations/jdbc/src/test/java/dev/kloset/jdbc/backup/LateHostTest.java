package dev.kloset.jdbc.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ByteSize;
import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorRecord;
import dev.kloset.ConnectorResult;
import dev.kloset.FileRecord;
import dev.kloset.Location;
import dev.kloset.Options;
import dev.kloset.RecordSink;
import dev.kloset.jdbc.Snapshot;
import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.connect.ConnectionSettings;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.dialect.h2.H2Dialect;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that first wants everything listed gets the same rows, although there is no memory for them until then. */
class LateHostTest {

    private static final String LAST = "/80-after.sql";

    @TempDir
    private Path directory;

    private String url;

    @BeforeEach
    void make() throws Exception {
        url = "jdbc:h2:" + directory.resolve("shop");
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE T (ID INT PRIMARY KEY, V VARCHAR)");
            statement.execute(
                    "INSERT INTO T SELECT X, RANDOM_UUID() || RANDOM_UUID() || RANDOM_UUID() FROM SYSTEM_RANGE(1, 4000)");
        }
    }

    private Connection connect() throws Exception {
        return DriverManager.getConnection(url, "sa", "");
    }

    /** A record and what acknowledges it. */
    private record Sent(FileRecord record, Consumer<ConnectorResult> onResult) {}

    @Test
    void theRowsThatWereDroppedAreReadAgain() throws Exception {
        Snapshot prompt = Snapshot.of(Map.of("location", url, "username", "sa", "part_size", "4KiB"));
        List<Sent> listed = new ArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        FutureTask<Map<String, String>> host = new FutureTask<>(() -> {
            end.await();
            return readAll(listed);
        });
        Thread.ofVirtual().start(host);
        try (JdbcImporter importer = new JdbcImporter(context(), settings(), 64 << 10, Duration.ofMillis(50))) {
            importer.importRecords(new RecordSink() {
                @Override
                public void emit(ConnectorRecord record, Consumer<ConnectorResult> onResult) {
                    listed.add(new Sent((FileRecord) record, onResult));
                    if (record.pathname().equals(LAST)) {
                        end.countDown();
                    }
                }
            });
            Map<String, String> expected = new TreeMap<>();
            prompt.files().forEach((path, bytes) -> expected.put(path, new String(bytes, ISO_8859_1)));
            assertThat(host.get()).isEqualTo(expected).hasSizeGreaterThan(50);
        }
    }

    private static Map<String, String> readAll(List<Sent> listed) throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (Sent sent : listed) {
            if (sent.record().content().isPresent()) {
                try (InputStream in = sent.record().content().get().open()) {
                    byte[] bytes = in.readAllBytes();
                    assertThat(sent.record().info().size()).isEqualTo(bytes.length);
                    files.put(sent.record().pathname(), new String(bytes, ISO_8859_1));
                }
            }
            sent.onResult().accept(ConnectorResult.ok(sent.record()));
        }
        return files;
    }

    @Test
    void rowsThatAreOthersThanWhenTheyWereListedAreAnError() throws Exception {
        try (Connection connection = connect()) {
            H2Dialect dialect = new H2Dialect();
            Table table = dialect.tables(connection, _ -> true).getFirst();
            PartContent content = new PartContent(dialect, new Readers(List.of(connection)), table, Part.whole(), 0,
                    new TableTally("T", 1));
            try (InputStream in = content.openAgain(Digest.of("other rows".getBytes(UTF_8)))) {
                assertThatThrownBy(in::readAllBytes)
                        .hasMessageStartingWith("PUBLIC.T has other rows than when it was listed");
            }
            assertThatThrownBy(() -> content.openZippedAgain(Digest.of("other rows".getBytes(UTF_8))))
                    .hasMessageStartingWith("PUBLIC.T has other rows than when it was listed");
        }
    }

    private ConnectorContext context() {
        return ConnectorContext.of("jdbc", ConnectorConfig.of(Map.of()), Options.builder().build());
    }

    private SourceSettings settings() {
        ConnectionSettings connection = new ConnectionSettings(Optional.of("sa"), Optional.empty(), Optional.empty(),
                List.of());
        return new SourceSettings(Location.parse(url), connection,
                Consistency.SNAPSHOT, 4, ByteSize.parse("4KiB"), Duration.ofSeconds(10), DdlSource.AUTO, DdlLoss.FAIL);
    }
}
