package dev.kloset.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.XattrType;
import dev.kloset.wire.proto.ConnectorsProto;
import dev.kloset.wire.proto.ImporterProto;
import dev.kloset.wire.protobuf.MalformedMessageException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of records on their way, in any message. */
final class WireRecordTest {

    private static final Instant TIME = Instant.parse("2026-06-05T10:11:12.123456789Z");
    private static final FileInfo INFO = FileInfo.builder("report.pdf")
            .size(1_234_567)
            .mode(new FileMode(0x0080_0000 | 0750))
            .modTime(TIME)
            .dev(-2)
            .ino(Long.MIN_VALUE)
            .uid(0xFFFF_FFFFL)
            .gid(100)
            .nlink(65_535)
            .username("zoë")
            .groupname("users")
            .flags(-1)
            .build();

    @Test
    void aRegularFileKeepsEverything() throws Exception {
        FileRecord sent = FileRecord.received("/srv/report.pdf", INFO, "", List.of("user.a", "", "user.b"),
                0x8000_0020, Content.of("x"));

        WireRecord wire = sentAndReceived(sent);

        FileRecord file = (FileRecord) wire.record();
        assertThat(wire.hasReader()).isTrue();
        assertThat(file.pathname()).isEqualTo("/srv/report.pdf");
        assertThat(file.info()).isEqualTo(INFO);
        assertThat(file.xattrNames()).containsExactly("user.a", "", "user.b");
        assertThat(file.attributes()).isEqualTo(0x8000_0020);
        assertThat(file.target()).isEmpty();
        assertThat(file.content()).isEmpty();
    }

    @Test
    void anErrorHasItsTextAndNothingElse() throws Exception {
        ErrorRecord sent = new ErrorRecord("/secret", "permission denied");

        assertThat(sentAndReceived(sent)).isEqualTo(new WireRecord(sent, false));

        ConnectorsProto.Record onTheWire = onTheWire(sent);
        assertThat(onTheWire.hasFileInfo()).isFalse();
        assertThat(onTheWire.getHasReader()).isFalse();
        assertThat(onTheWire.getError()).isEqualTo("permission denied");
    }

    @Test
    void anErrorTextMakesAnErrorOfAnything() throws Exception {
        ConnectorsProto.Record odd = ConnectorsProto.Record.newBuilder()
                .setPathname("/a")
                .setError("lost")
                .setIsXattr(true)
                .setFileInfo(ConnectorsProto.FileInfo.newBuilder().setSize(-7))
                .build();

        assertThat(decoded(odd).record()).isEqualTo(new ErrorRecord("/a", "lost"));
    }

    @ParameterizedTest
    @EnumSource
    void anXattrHasNoMetadataButAReader(XattrType type) throws Exception {
        XattrRecord sent = new XattrRecord("/a", "user.mime", type, Content.of("text/plain"));

        WireRecord wire = sentAndReceived(sent);

        XattrRecord xattr = (XattrRecord) wire.record();
        assertThat(wire.hasReader()).isTrue();
        assertThat(xattr.pathname()).isEqualTo("/a");
        assertThat(xattr.name()).isEqualTo("user.mime");
        assertThat(xattr.type()).isEqualTo(type);
        assertThatThrownBy(() -> xattr.content().open())
                .hasMessage("the content of attribute user.mime of /a is not bound");
        assertThat(onTheWire(sent).hasFileInfo()).isFalse();
        assertThat(onTheWire(sent).getIsXattr()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = { 3, 77, -1 })
    void anXattrOfAnUnknownTypeIsCustom(int type) throws Exception {
        ConnectorsProto.Record later = ConnectorsProto.Record.newBuilder()
                .setPathname("/a")
                .setIsXattr(true)
                .setXattrName("n")
                .setXattrTypeValue(type)
                .build();

        assertThat(decoded(later).record()).extracting("type").isEqualTo(XattrType.CUSTOM);
    }

    @Test
    void aPlainRecordWithoutMetadataIsRefused() {
        ConnectorsProto.Record bad = ConnectorsProto.Record.newBuilder().setPathname("/naked").build();

        assertThatThrownBy(() -> decoded(bad)).isInstanceOf(MalformedMessageException.class)
                .hasMessage("cannot read Record.fileInfo: it is missing for /naked");
    }

    @Test
    void anXattrWithoutANameIsRefused() {
        ConnectorsProto.Record bad = ConnectorsProto.Record.newBuilder().setPathname("/a").setIsXattr(true).build();

        assertThatThrownBy(() -> decoded(bad)).isInstanceOf(MalformedMessageException.class)
                .hasMessage("cannot read Record: an extended attribute of /a has no name");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "relative", "/a/", "/a/../b" })
    void aBadPathIsRefused(String path) {
        ConnectorsProto.Record bad = ConnectorsProto.Record.newBuilder()
                .setPathname(path)
                .setFileInfo(ConnectorsProto.FileInfo.getDefaultInstance())
                .build();

        assertThatThrownBy(() -> decoded(bad)).isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("cannot read Record: the path \"" + path + "\" of a record must ");
    }

    @Test
    void theRootOfARestoreMayHaveAnotherName() throws Exception {
        ConnectorsProto.Record root = ConnectorsProto.Record.newBuilder()
                .setPathname("/")
                .setFileInfo(ConnectorsProto.FileInfo.newBuilder().setName("home").setMode(0x8000_01ED))
                .build();

        FileRecord file = (FileRecord) decoded(root).record();
        assertThat(file.info().name()).isEqualTo("home");
        assertThat(file.info().mode()).isEqualTo(FileMode.directory(0755));
    }

    @Test
    void aDirectoryNeverHasAReader() throws Exception {
        FileRecord odd = FileRecord.received("/d", FileInfo.directory("d", TIME), "", List.of(), 0,
                Content.of("what?"));

        assertThat(sentAndReceived(odd).hasReader()).isFalse();
    }

    @Test
    void aFileWithoutContentHasNoReader() throws Exception {
        assertThat(sentAndReceived(FileRecord.of("/f", FileInfo.file("f", 0, TIME))).hasReader()).isFalse();
    }

    @Test
    void hasReaderIsKeptAsItWasSent() throws Exception {
        ConnectorsProto.Record directory = ConnectorsProto.Record.newBuilder()
                .setPathname("/d")
                .setHasReader(true)
                .setFileInfo(ConnectorsProto.FileInfo.newBuilder().setMode(FileMode.directory(0755).bits()))
                .build();

        WireRecord wire = decoded(directory);
        assertThat(wire.hasReader()).isTrue();
        assertThat(WireRecord.decode(wire.encode()).hasReader()).isTrue();
    }

    @Test
    void aSymlinkKeepsItsTargetToTheLetter() throws Exception {
        FileInfo info = FileInfo.builder("l").mode(FileMode.symlink()).build();
        FileRecord sent = FileRecord.symlink("/l", info, "../../x//y/ ");

        assertThat(((FileRecord) sentAndReceived(sent).record()).target()).isEqualTo("../../x//y/ ");
    }

    @Test
    void theZeroTimeOfGoSurvives() throws Exception {
        Instant zero = Instant.parse("0001-01-01T00:00:00Z");
        FileRecord sent = FileRecord.of("/f", FileInfo.file("f", 0, zero));

        assertThat(onTheWire(sent).getFileInfo().getModTime().getSeconds()).isEqualTo(-62_135_596_800L);
        assertThat(((FileRecord) sentAndReceived(sent).record()).info().modTime()).isEqualTo(zero);
    }

    @Test
    void aTimeBefore1970HasPositiveNanos() throws Exception {
        Instant time = Instant.parse("1969-12-31T23:59:59.999999999Z");
        FileRecord sent = FileRecord.of("/f", FileInfo.file("f", 0, time));

        assertThat(onTheWire(sent).getFileInfo().getModTime())
                .isEqualTo(Timestamp.newBuilder().setSeconds(-1).setNanos(999_999_999).build());
        assertThat(((FileRecord) sentAndReceived(sent).record()).info().modTime()).isEqualTo(time);
    }

    @Test
    void aMissingTimeIs1970() throws Exception {
        ConnectorsProto.Record record = ConnectorsProto.Record.newBuilder()
                .setPathname("/f")
                .setFileInfo(ConnectorsProto.FileInfo.getDefaultInstance())
                .build();

        assertThat(((FileRecord) decoded(record).record()).info().modTime()).isEqualTo(Instant.EPOCH);
    }

    /** File systems hold such times, and Plakar backs up such files. */
    @Test
    void timesBeyondTheDocumentedRangeOfATimestampSurvive() throws Exception {
        for (Instant time : List.of(Instant.parse("+11476-08-15T05:20:00Z"), Instant.parse("-0005-01-01T00:00:00Z"),
                Instant.MIN, Instant.MAX)) {
            FileRecord sent = FileRecord.of("/far", FileInfo.file("far", 0, time));

            assertThat(((FileRecord) sentAndReceived(sent).record()).info().modTime()).isEqualTo(time);
        }
    }

    @Test
    void aTextThatCannotBeSentIsRefusedByPathAndField() {
        FileRecord file = FileRecord.of("/f", FileInfo.builder("f").username("\uD800").build());
        XattrRecord xattr = XattrRecord.of("/f", "user.\uDC00", Content.of(""));

        assertThatThrownBy(() -> ImportResponse.encodeRecord(file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot send /f: FileInfo.username is not valid Unicode");
        assertThatThrownBy(() -> ImportResponse.encodeRecord(xattr))
                .hasMessage("cannot send /f: Record.xattrName is not valid Unicode");
        assertThatThrownBy(() -> ImportResponse.encodeRecord(file.withXattrNames(List.of("ok", "\uDBFF"))))
                .hasMessage("cannot send /f: FileInfo.username is not valid Unicode");
    }

    private static WireRecord sentAndReceived(ConnectorRecord record) throws Exception {
        return Objects.requireNonNull(ImportResponse.decode(ImportResponse.encodeRecord(record)).record());
    }

    private static ConnectorsProto.Record onTheWire(ConnectorRecord record) throws Exception {
        return ImporterProto.ImportResponse.parseFrom(ImportResponse.encodeRecord(record)).getRecord();
    }

    private static WireRecord decoded(ConnectorsProto.Record record) throws MalformedMessageException {
        return WireRecord.decode(ByteBuffer.wrap(record.toByteArray()));
    }
}
