package dev.kloset.hadoop.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names and files that a backup adds. */
class LayoutTest {

    private static final Metadata ALL = new Metadata("a \"b\"\n", List.of("user:eve:r--", "default:group::r-x"),
            "RS-6-3-1024k", "COLD", 10, 1 << 30, 2, 1 << 20, Map.of("user.b", "AA==", "user.a", ""));

    @Test
    void aLineComesBackAsItWas() throws Exception {
        assertThat(Metadata.read(ALL.write())).isEqualTo(ALL);
        assertThat(Metadata.read(Metadata.none("x").write())).isEqualTo(Metadata.none("x"));
        assertThat(ALL.write()).doesNotContain("\n");
        assertThat(ALL.isEmpty()).isFalse();
        assertThat(Metadata.none("x").isEmpty()).isTrue();
    }

    @Test
    void linesAreInTheOrderOfTheirNames() throws Exception {
        byte[] file = MetadataFile.write(List.of(Metadata.none("b"), ALL, Metadata.none(Metadata.SELF)));

        assertThat(MetadataFile.read(new ByteArrayInputStream(file))).extracting(Metadata::name)
                .containsExactly(Metadata.SELF, ALL.name(), "b");
        assertThat(file).isEqualTo(
                MetadataFile.write(List.of(Metadata.none(Metadata.SELF), Metadata.none("b"), ALL)));
    }

    @Test
    void aFileThatWasChangedSaysSo() {
        for (String line : List.of("{", "{\"name\":1}", "{\"name\":\"a\",\"replication\":40000}",
                "{\"name\":\"a\",\"acl\":\"x\"}")) {
            assertThatThrownBy(() -> MetadataFile.read(new ByteArrayInputStream(line.getBytes(UTF_8))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the file was changed");
        }
    }

    @Test
    void thePointComesBackAsItWas() throws Exception {
        PointFile point = new PointFile("hdfs://ns1", Instant.ofEpochMilli(5), "s", List.of("/a"), 3, List.of("/a/b"));

        assertThat(PointFile.read(point.write().getBytes(UTF_8))).isEqualTo(point);
        assertThatThrownBy(
                () -> PointFile.read(point.write().replace("1970", "none").getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("\"time\"");
    }

    @Test
    void ourNamesAreKnown() {
        assertThat(Layout.metadata(0)).isEqualTo("._kloset.jsonl");
        assertThat(Layout.isMetadata(Layout.metadata(0))).isTrue();
        assertThat(Layout.isMetadata(Layout.metadata(12))).isTrue();
        assertThat(Layout.isMetadata("._kloset.x.jsonl")).isFalse();
        assertThat(Layout.isTemporary(Layout.temporary())).isTrue();
        assertThat(Layout.isTemporary("._kloset_mine")).isFalse();
        assertThat(Layout.isReserved("._kloset_mine")).isTrue();
        assertThat(Layout.isReserved("._klose")).isFalse();
        assertThat(List.of("-a", "+", "#", " ")).allMatch(Layout::isEarly);
        assertThat(List.of("_SUCCESS", "a", ".b", "é")).noneMatch(Layout::isEarly);
    }
}
