package dev.kloset.hadoop.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConfigException;
import dev.kloset.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What locations and settings say, before anything is connected. */
class ClusterTest {

    @TempDir
    Path directory;

    private static ConnectionSettings settings(Optional<Path> confDir, String... settings) {
        return new ConnectionSettings(confDir, List.of(settings), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Cluster cluster(String location, String... settings) throws IOException {
        return Cluster.of(Location.parse(location), settings(Optional.empty(), settings));
    }

    @ParameterizedTest
    @CsvSource({ "hdfs://ns1/warehouse,ns1,/warehouse,hdfs://ns1/warehouse",
        "hdfs://nn.example.org:8020/,nn.example.org:8020,/,hdfs://nn.example.org:8020/",
        "hdfs://ns1,ns1,/,hdfs://ns1/", "hdfs://ns1/a b%20#c/,ns1,/a b%20#c,hdfs://ns1/a b%20#c",
        "webhdfs://h:9870/x,h:9870,/x,webhdfs://h:9870/x", "viewfs:///x,default,/x,viewfs:/x",
        "hdfs:///x,standard,/x,hdfs://standard/x" })
    void aLocationIsAPlace(String location, String origin, String path, String root) throws Exception {
        try (Cluster cluster = cluster(location, "fs.defaultFS=hdfs://standard")) {
            assertThat(cluster.origin()).isEqualTo(origin);
            assertThat(cluster.path()).isEqualTo(path);
            assertThat(cluster.root()).hasToString(root);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "hdfs://ns1/a/../b", "hdfs://ns1//a", "hdfs://ns1/./a", "hdfs://user@ns1/a", "hdfs:///x" })
    void aLocationThatIsNoneIsRefused(String location) {
        assertThatThrownBy(() -> cluster(location)).isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"location\"");
    }

    @Test
    void filesComeOverWhatSuitsABackupAndSettingsOverFiles() throws Exception {
        Files.writeString(directory.resolve("hdfs-site.xml"), """
                <configuration>
                  <property><name>dfs.replication</name><value>2</value></property>
                  <property><name>dfs.client.socket-timeout</name><value>1234</value></property>
                  <property><name>ipc.client.rpc-timeout.ms</name><value>777</value></property>
                </configuration>
                """);
        ConnectionSettings settings = settings(Optional.of(directory), "dfs.replication=5");
        try (Cluster cluster = Cluster.of(Location.parse("hdfs://ns1/"), settings)) {
            assertThat(cluster.configuration().get("dfs.replication")).isEqualTo("5");
            assertThat(cluster.configuration().get("dfs.client.socket-timeout")).isEqualTo("1234");
            assertThat(cluster.configuration()
                    .get("dfs.client.block.write.locateFollowingBlock.initial.delay.ms")).isEqualTo("20");
        }
        ConnectionSettings patient = new ConnectionSettings(Optional.of(directory), List.of(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(Duration.ofSeconds(3)));
        try (Cluster cluster = Cluster.of(Location.parse("hdfs://ns1/"), patient)) {
            assertThat(cluster.configuration().get("ipc.client.rpc-timeout.ms")).isEqualTo("3000");
        }
    }

    @Test
    void aDirectoryWithoutConfigurationIsRefused() throws Exception {
        assertThatThrownBy(() -> Cluster.of(Location.parse("hdfs://ns1/"), settings(Optional.of(directory))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"conf_dir\"");
        Files.writeString(directory.resolve("core-site.xml"), "<configuration><property>");
        assertThatThrownBy(() -> Cluster.of(Location.parse("hdfs://ns1/"), settings(Optional.of(directory))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = { "fs.s3a.secret.key=Rosebud", "ssl.client.keystore.password=Rosebud", "Rosebud" })
    void aSecretInSettingsIsRefusedAndNotRepeated(String setting) {
        assertThatThrownBy(() -> cluster("hdfs://ns1/", setting)).isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"settings\"")
                .hasMessageNotContaining("Rosebud");
    }

    @Test
    void settingsOfALoginNeedEachOther() throws Exception {
        Path keytab = Files.createFile(directory.resolve("k"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        ConnectionSettings alone = login(Optional.empty(), Optional.of("backup@EXAMPLE.ORG"), Optional.empty());
        assertThatThrownBy(() -> Cluster.of(Location.parse("hdfs://ns1/"), alone))
                .hasMessage("the settings \"principal\" and \"keytab\" need each other");
        ConnectionSettings both = login(Optional.of("alice"), Optional.of("backup@EXAMPLE.ORG"), Optional.of(keytab));
        assertThatThrownBy(() -> Cluster.of(Location.parse("hdfs://ns1/"), both)).hasMessageContaining("\"user\"");
    }

    private static ConnectionSettings login(Optional<String> user, Optional<String> principal,
            Optional<Path> keytab) {
        return new ConnectionSettings(Optional.empty(), List.of(), user, principal, keytab, Optional.empty(),
                Optional.empty(), Optional.empty());
    }
}
