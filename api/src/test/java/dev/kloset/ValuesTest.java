package dev.kloset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({ "0100644,1a4,-rw-r--r--", "0040755,800001ed,drwxr-xr-x", "0120777,80001ff,lrwxrwxrwx",
        "0060660,40001b0,brw-rw----", "0020666,42001b6,crw-rw-rw-", "0010600,2000180,prw-------",
        "0140755,10001ed,srwxr-xr-x", "0104755,8001ed,-rwsr-xr-x", "0102644,4001a4,-rw-r-Sr--",
        "0041777,801001ff,drwxrwxrwt" })
    void modesAreThoseOfGo(String posix, String go, String text) {
        FileMode mode = FileMode.fromPosix(Integer.parseInt(posix, 8));

        assertThat(Integer.toHexString(mode.bits())).isEqualTo(go);
        assertThat(mode.toPosix()).isEqualTo(Integer.parseInt(posix, 8));
        assertThat(mode).hasToString(text);
    }

    /** The numbers stand in snapshots, which later releases compare with theirs. */
    @Test
    void aVersionHasTheSameNumbersInEveryRelease() {
        byte[] topic = "topic-1".getBytes(StandardCharsets.UTF_8);
        byte[] offset = ByteBuffer.allocate(8).putLong(65536).array();
        FileInfo info = FileInfo.builder("f").identity(topic, offset).build();

        assertThat(Long.toHexString(info.dev())).isEqualTo("4e07be65f767a299");
        assertThat(Long.toHexString(info.ino())).isEqualTo("6eab79e837c8ed75");
        assertThat(FileInfo.builder("f").identity(topic.clone(), offset.clone()).build()).isEqualTo(info);
    }

    @Test
    void otherPartsOrTheSameBytesDividedOtherwiseAreAnotherVersion() {
        byte[] one = "epoch".getBytes(StandardCharsets.UTF_8);
        byte[] two = "7".getBytes(StandardCharsets.UTF_8);
        byte[] both = "epoch7".getBytes(StandardCharsets.UTF_8);

        assertThat(List.of(new byte[][]{ one, two }, new byte[][]{ two, one }, new byte[][]{ both },
                new byte[][]{ both, {} }, new byte[][]{ {}, both }, new byte[][]{ one }, new byte[][]{ {} })
                .stream()
                .map(parts -> FileInfo.builder("f").identity(parts).build())
                .distinct()).hasSize(7).allSatisfy(info -> {
                    assertThat(info.dev()).isNotZero();
                    assertThat(info.ino()).isNotZero();
                });
        assertThatIllegalArgumentException().isThrownBy(() -> FileInfo.builder("f").identity())
                .withMessage("nothing identifies this version");
    }

    @Test
    void permissionsConvertBothWays() {
        FileMode mode = FileMode.directory(0750);
        assertThat(PosixFilePermissions.toString(mode.permissions())).isEqualTo("rwxr-x---");
        assertThat(mode.withPermissions(PosixFilePermissions.fromString("r--r--r-x")))
                .isEqualTo(FileMode.directory(0445));
    }

    @Test
    void aMacHasThirtyTwoBytesAndIsWrittenInLowerCase() {
        String hex = "00ff" + "a5".repeat(30);
        ObjectMac mac = ObjectMac.fromHex(hex);
        assertThat(mac.hex()).isEqualTo(hex);
        assertThat(ObjectMac.of(mac.bytes())).isEqualTo(mac).hasSameHashCodeAs(mac).isEqualByComparingTo(mac);
        assertThatIllegalArgumentException().isThrownBy(() -> ObjectMac.of(new byte[16]))
                .withMessage("a MAC has 32 bytes, not 16");
    }

    @Test
    void fileInfoComesFromTheFileSystem(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("ä.txt"), "abc");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.createLink(dir.resolve("other"), file);

        FileInfo info = FileInfo.of(file);

        assertThat(info.name()).isEqualTo("ä.txt");
        assertThat(info.size()).isEqualTo(3);
        assertThat(info.mode()).isEqualTo(FileMode.regular(0640));
        assertThat(info.modTime()).isEqualTo(Files.getLastModifiedTime(file).toInstant());
        assertThat(info.ino()).isEqualTo(Files.getAttribute(file, "unix:ino"));
        assertThat(info.nlink()).isEqualTo(2);
        assertThat(info.username()).isEqualTo(Files.getOwner(file).getName());
        assertThat(info.toBuilder().build()).isEqualTo(info).hasSameHashCodeAs(info);
        assertThat(FileInfo.of(Path.of("/")).name()).isEqualTo("/");
    }

    @Test
    void linksBeyondSixteenBitsAreClamped() {
        assertThat(FileInfo.builder("x").nlink(65_536).build().nlink()).isEqualTo(65_535);
    }

    @ParameterizedTest
    @CsvSource({ "files:///a,files,/a", "s3:foo,s3,foo", "s3://foo,s3,foo", "C:\\x,fs,C:\\x", "a:/x,fs,a:/x",
        "/x,fs,/x",
        "my_proto:/x,fs,my_proto:/x", "k8s+pvc://n/v,k8s+pvc,n/v", "files://,files,''", "'',fs,''" })
    void locationsAreReadAsPlakarReadsThem(String text, String proto, String path) {
        assertThat(Location.parse(text)).isEqualTo(new Location(proto, path));
    }

    @Test
    void settingsNameKeysAndNeverValues() throws ConfigException {
        ConnectorConfig config = ConnectorConfig
                .of(Map.of("location", "zip://y", "password", "hunter2", "deep", "yes"));

        assertThat(config).hasToString("settings [deep, location, password]");
        assertThat(config.location()).isEqualTo(new Location("zip", "y"));
        assertThatThrownBy(() -> config.bool("password", false))
                .hasMessage("the setting \"password\" must be true or false");
        assertThatThrownBy(() -> config.number("password", 1))
                .hasMessage("the setting \"password\" must be a whole number");
        assertThatThrownBy(() -> config.required("user")).hasMessage("the setting \"user\" is missing");
        assertThatThrownBy(() -> config.allowOnly(Set.of("user")))
                .hasMessage("unknown setting deep, password; known are location, user");
        assertThat(config.bool("absent", true)).isTrue();
    }

    @Test
    void concurrencyIsAtLeastOne() {
        assertThat(Options.builder().maxConcurrency(-5).build().maxConcurrency()).isEqualTo(1);
        assertThat(Options.builder().maxConcurrency(Long.MAX_VALUE).build().maxConcurrency())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({ "0,3,abc", "2,3,cde", "4,10,ef", "6,1,''", "9,9,''", "0,0,''" })
    void aRangeIsCutAtTheEndOfTheObject(long offset, long length, String expected) throws IOException {
        try (var part = new Range(offset, length)
                .of(new ByteArrayInputStream("abcdef".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(part).hasContent(expected);
        }
    }

    @Test
    void aPluginOffersEachConnectorOnce() {
        Plugin.Builder builder = Plugin.builder("x")
                .storage("mem", context -> {
                    throw new IOException("none");
                });
        assertThatIllegalArgumentException().isThrownBy(() -> builder.storage("mem", context -> {
            throw new IOException("none");
        })).withMessage("there are two connectors of type storage for mem");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.importer("my_proto", context -> {
            throw new IOException("none");
        })).withMessageContaining("Plakar cannot find the protocol \"my_proto\"");
        assertThat(builder.build().registrations(Plugin.Kind.STORAGE)).singleElement()
                .extracting(Plugin.Registration::proto, registration -> registration.storage().isPresent(),
                        registration -> registration.importer().isPresent())
                .containsExactly("mem", true, false);
    }

    @Test
    void timesOutsideTheUsualCenturiesAreKept() {
        Instant old = Instant.parse("1901-01-01T00:00:00.123456789Z");
        assertThat(FileInfo.file("x", 1, old).modTime()).isEqualTo(old);
    }
}
