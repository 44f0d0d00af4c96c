package dev.kloset.kafka.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.kafka.layout.LayoutFile.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paths and the texts of a snapshot. */
class LayoutTest {

    @Test
    void pathsSortAsARestoreNeedsThem() {
        assertThat(List.of(Layout.CLUSTER, Layout.description("orders"), Layout.window("orders", 2, 65_536),
                Layout.window("orders", 10, 0), Layout.group("a/b"), Layout.ACLS, Layout.QUOTAS, Layout.POINT))
                .isSorted()
                .contains("/10-topics/orders/00002/00000000000000065536.krec", "/20-groups/a%2Fb.json");
    }

    @ParameterizedTest
    @CsvSource({ "/00-cluster.json,CLUSTER", "/10-topics/orders/00-topic.json,TOPIC", "/00-topic.json,TOPIC",
        "/10-topics/orders/00002/00000000000000065536.krec,WINDOW", "/00000000000000065536.krec,WINDOW",
        "/20-groups/00-cluster.json,GROUP", "/20-groups/00-topic.json,GROUP", "/billing.json,GROUP",
        "/30-acls.jsonl,ACLS", "/40-quotas.jsonl,QUOTAS", "/90-point.json,POINT", "/10-topics/orders/x.json,OTHER",
        "/1.krec,OTHER", "/20-groups/x,OTHER", "/,OTHER" })
    void aPathSaysWhatAFileIs(String pathname, Kind kind) {
        assertThat(LayoutFile.of(pathname).kind()).isEqualTo(kind);
    }

    @Test
    void aGroupIsWhatItWasAndSoAreItsBytes() throws Exception {
        GroupFile group = new GroupFile("a/ü\n", GroupKind.STREAMS,
                List.of(new GroupOffset("t", 1, 5, null, "m\"1"), new GroupOffset("t", 0, Long.MAX_VALUE, 3, "")));

        assertThat(GroupFile.read(group.write().getBytes(UTF_8))).isEqualTo(group);
        assertThat(group.write()).isEqualTo("""
                {
                  "group": "a/ü\\u000a",
                  "kind": "streams",
                  "offsets": [{
                      "topic": "t",
                      "partition": 0,
                      "offset": 9223372036854775807,
                      "epoch": 3,
                      "metadata": ""
                    }, {
                      "topic": "t",
                      "partition": 1,
                      "offset": 5,
                      "metadata": "m\\"1"
                    }]
                }
                """);
        assertThat(GroupFile.is(group.write().getBytes(UTF_8))).isTrue();
        assertThatThrownBy(() -> GroupFile.read(group.write().replace("streams", "herds").getBytes(UTF_8)))
                .hasMessageContaining("groups of the kind \"herds\" are unknown");
    }

    @Test
    void theOtherFilesAreWhatTheyWere() throws Exception {
        TopicFile topic = new TopicFile("orders", Records.ID, 2, Map.of("retention.ms", "-1", "a", "b"),
                List.of(new TopicFile.Bounds(0, 9), new TopicFile.Bounds(7, 7)));
        assertThat(TopicFile.read(topic.write().getBytes(UTF_8))).isEqualTo(topic);
        ClusterFile cluster = new ClusterFile("id", Map.of("metadata.version", 29L),
                List.of(new ClusterFile.Broker(2, "b2", 9092, "r"), new ClusterFile.Broker(1, "b1", 9092, null)),
                List.of(new ClusterFile.Topic("orders", 3, List.of(0L, 5L)),
                        new ClusterFile.Topic("empty", 1, List.of(0L))));
        assertThat(ClusterFile.read(cluster.write().getBytes(UTF_8))).isEqualTo(cluster);
        PointFile point = new PointFile(65_536,
                List.of(new PointFile.Partition("b", 0, 0, 3, 4, 0), new PointFile.Partition("a", 1, 7, 7, 7, -1)));
        assertThat(PointFile.read(point.write().getBytes(UTF_8))).isEqualTo(point);
        assertThatThrownBy(() -> PointFile.read(point.write().replace("65536", "65535").getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a window cannot have 65535 offsets");
    }

    @Test
    void aclsAndQuotasAreSortedLines() throws Exception {
        AclBinding read = acl("orders", AclOperation.READ);
        AclBinding all = acl("*", AclOperation.ALL);
        assertThat(AclsFile.write(List.of(read, all))).isEqualTo(AclsFile.write(List.of(all, read)));
        assertThat(AclsFile.read(AclsFile.write(List.of(read, all)).getBytes(UTF_8))).containsExactly(all, read);
        assertThat(AclsFile.read(new byte[0])).isEmpty();

        Map<String, @Nullable String> everybody = new HashMap<>();
        everybody.put(ClientQuotaEntity.USER, null);
        Map<ClientQuotaEntity, Map<String, Double>> quotas = Map.of(new ClientQuotaEntity(everybody),
                Map.of("producer_byte_rate", 1.0e9), new ClientQuotaEntity(Map.of("user", "a", "client-id", "b")),
                Map.of("request_percentage", 12.5, "consumer_byte_rate", 1.0));
        assertThat(QuotasFile.read(QuotasFile.write(quotas).getBytes(UTF_8))).isEqualTo(quotas);
    }

    private static AclBinding acl(String name, AclOperation operation) {
        return new AclBinding(new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL),
                new AccessControlEntry("User:bk", "*", operation, AclPermissionType.ALLOW));
    }

    @Test
    void aTextWithoutEndIsRefused() {
        assertThatThrownBy(() -> SmallFile.read(new InputStream() {
            @Override
            public int read() {
                return ' ';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return length;
            }
        })).isInstanceOf(IOException.class).hasMessageContaining("which no file of its kind has");
    }
}
