package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ClusterLocation;
import dev.kloset.ConfigException;
import dev.kloset.ConfigModel;
import dev.kloset.Configuration;
import dev.kloset.ConnectorConfig;
import dev.kloset.Content;
import dev.kloset.FileRecord;
import dev.kloset.HostList;
import dev.kloset.Importer;
import dev.kloset.RecordSink;
import dev.kloset.Setting;
import dev.kloset.Split;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of clusters: several hosts, services without a port, parts of a source. */
class ClusterSettingsTest {

    @Configuration("A cluster")
    record Brokers(@Setting(value = "Some of its brokers", defaultPort = 9092) ClusterLocation location,
            @Setting("Brokers of the mirror") Optional<HostList> mirrors) {}

    @Configuration("A tree of a cluster")
    record Tree(@Setting("The name service") ClusterLocation location,
            @Setting(value = "Which part to back up", defaultValue = "1/1") Split split) {}

    /** Several of these back up one tree, each a part. */
    private record TreeImporter(Tree tree, int files) implements Importer {

        @Override
        public String origin() {
            return tree.location().hosts() + tree.split().suffix();
        }

        @Override
        public String type() {
            return tree.location().proto();
        }

        @Override
        public String root() {
            return tree.location().path();
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            for (int i = 0; i < files; i++) {
                String path = root() + "/d" + i % 7 + "/part-" + i;
                if (tree.split().takes(path)) {
                    records.emit(FileRecord.file(path, 1, Instant.EPOCH, Content.of("x")));
                }
            }
        }
    }

    private static Brokers brokers(String location, String... mirrors) throws ConfigException {
        Map<String, String> settings = new HashMap<>(Map.of("location", location));
        List.of(mirrors).forEach(text -> settings.put("mirrors", text));
        return ConnectorConfig.of(settings).as(Brokers.class);
    }

    private static TreeImporter importer(String split) throws ConfigException {
        Map<String, String> settings = Map.of("location", "hdfs://ns1/warehouse", "split", split);
        return new TreeImporter(ConnectorConfig.of(settings).as(Tree.class), 10_000);
    }

    private static List<String> paths(Importer importer) throws Exception {
        List<String> paths = new ArrayList<>();
        importer.importRecords((record, _) -> paths.add(record.pathname()));
        return paths;
    }

    @Test
    void aLocationHasSeveralHostsEachWithItsOwnPortOrTheDefault() throws Exception {
        ClusterLocation location = brokers("kafka://b1,b-2.example:9093,[2001:db8::1],[::1]:9094/orders").location();
        assertThat(location.proto()).isEqualTo("kafka");
        assertThat(location.path()).isEqualTo("/orders");
        assertThat(location.hosts()).containsExactly(host("b1", 9092), host("b-2.example", 9093),
                host("2001:db8::1", 9092), host("::1", 9094));
        assertThat(location.hosts()).hasToString("b1:9092,b-2.example:9093,[2001:db8::1]:9092,[::1]:9094");
        assertThat(location).hasToString("kafka://" + location.hosts() + "/orders");
    }

    private static HostList.Host host(String name, int port) {
        return new HostList.Host(name, OptionalInt.of(port));
    }

    @Test
    void aServiceNeedsNoPort() throws Exception {
        ClusterLocation location = importer("1/1").tree().location();
        assertThat(location.hosts()).containsExactly(new HostList.Host("ns1", OptionalInt.empty()));
        assertThat(location).hasToString("hdfs://ns1/warehouse");
    }

    @Test
    void hostsAreASettingToo() throws Exception {
        assertThat(brokers("kafka://b1").mirrors()).isEmpty();
        assertThat(brokers("kafka://b1", "m1, m2:1").mirrors()).contains(HostList.parse("m1,m2:1", 0));
        assertThat(HostList.parse("m1, m2:1", 9092)).hasToString("m1:9092,m2:1");
        assertThatThrownBy(() -> HostList.parse("m1,/canary", 0)).hasMessage(
                "not a list of hosts such as db1:5432,[::1]:5432");
    }

    @ParameterizedTest
    @ValueSource(strings = { "kafka://", "kafka:///orders", "kafka://b1,,b2", "kafka://b1:0", "kafka://b1:65536",
        "kafka://canary:canary@b1", "kafka://[::1", "kafka://::1" })
    void aLocationWithoutProperHostsIsRefusedAndNotRepeated(String location) {
        assertThatThrownBy(() -> brokers(location)).isInstanceOf(ConfigException.class)
                .hasMessageContaining("the setting \"location\" must be a location such as "
                        + "proto://host:port,host:port/path (without a port it is 9092)")
                .hasMessageNotContaining("canary");
    }

    @Test
    void helpAndSchemaSayWhatToWrite() {
        assertThat(ConfigModel.of(Brokers.class).help()).containsExactly(
                "location  a location such as proto://host:port,host:port/path (without a port it is 9092), required:"
                        + " Some of its brokers",
                "mirrors   a list of hosts such as db1:5432,[::1]:5432: Brokers of the mirror");
        assertThat(ConfigModel.of(Tree.class).markdown())
                .contains("| `split` | a part such as 2/3, the second of three | `1/1` | Which part to back up |");
        assertThat(ConfigModel.of(Tree.class).json()).contains("\"type\":\"split\"", "\"type\":\"location\"");
    }

    @Test
    void allPartsTogetherTakeEverythingOnceAndAboutAsMuchEach() throws Exception {
        Set<String> all = new HashSet<>();
        List<String> origins = new ArrayList<>();
        for (int number : IntStream.rangeClosed(1, 3).toArray()) {
            TreeImporter part = importer(number + "/3");
            List<String> paths = paths(part);
            assertThat(paths).as("part %d", number).hasSizeBetween(3_000, 3_700);
            paths.forEach(path -> assertThat(all.add(path)).as("%s in one part", path).isTrue());
            assertThat(paths(part)).isEqualTo(paths);
            origins.add(part.origin());
        }
        assertThat(all).hasSize(10_000);
        assertThat(origins).containsExactly("ns1#1-of-3", "ns1#2-of-3", "ns1#3-of-3");
        assertThat(importer("1/1").origin()).isEqualTo("ns1");
        assertThat(paths(importer("1/1"))).hasSize(10_000);
        assertThat(importer("2/3").tree().split().tag()).isEqualTo("split-2-of-3");
    }

    /** Other numbers would make each backup after an update read its whole part anew. */
    @Test
    void theAssignmentIsTheSameInEveryRelease() throws Exception {
        StringBuilder parts = new StringBuilder();
        for (String name : List.of("", "/", "/a", "/b", "/warehouse/orders/part-0", "/ä", "/\uD83D\uDE00")) {
            for (int number = 1; number <= 5; number++) {
                parts.append(new Split(number, 5).takes(name) ? Integer.toString(number) : "");
            }
        }
        assertThat(parts).hasToString("3125214");
    }

    @ParameterizedTest
    @ValueSource(strings = { "0/1", "2/1", "1/100", "01/2", "1/2/3", "a/b", "1", "/", "-1/2" })
    void aPartThatThereIsNotIsRefused(String split) {
        assertThatThrownBy(() -> importer(split)).isInstanceOf(ConfigException.class)
                .hasMessage("the setting \"split\" must be a part such as 2/3, the second of three");
    }
}
