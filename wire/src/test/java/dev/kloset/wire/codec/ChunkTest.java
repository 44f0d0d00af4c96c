package dev.kloset.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.store.PutRequest;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Content on its way: never copied, never mistaken for its end. */
final class ChunkTest {

    @Test
    void aReceivedChunkIsAViewOfTheMessage() throws Exception {
        byte[] array = HexFormat.of().parseHex("ffff" + "0a03010203" + "ff");
        ByteBuffer message = ByteBuffer.wrap(array, 2, 5).slice();

        ByteBuffer chunk = Chunk.decodeOpen(message);

        assertThat(chunk).isEqualTo(bytes("010203"));
        assertThat(chunk.position()).isZero();
        assertThat(chunk.capacity()).isEqualTo(3);
        array[4] = 9;
        assertThat(chunk.get(0)).isEqualTo((byte) 9);
    }

    @Test
    void aMissingChunkIsAnEmptyOne() throws Exception {
        assertThat(Chunk.decodeOpen(bytes("")).remaining()).isZero();
        assertThat(Chunk.decodeGet(bytes("1001")).remaining()).isZero();
        assertThat(PutRequest.decode(bytes("")).chunk().remaining()).isZero();
    }

    @Test
    void theLastChunkOfAMessageWins() throws Exception {
        assertThat(Chunk.decodeGet(bytes("0a0101 0a020202"))).isEqualTo(bytes("0202"));
    }

    @Test
    void theBytesSentAreLeftUntouched() {
        ByteBuffer body = bytes("00010203").position(1).limit(3);

        assertThat(new ExportRequest(null, body).encode()).isEqualTo(bytes("12020102"));
        assertThat(body.position()).isEqualTo(1);
    }

    @Test
    void anEmptyChunkCannotBeSentWhereItMeansSomethingElse() {
        assertThatThrownBy(() -> Chunk.openHead(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("OpenResponse.chunk cannot have 0 bytes");
        assertThatThrownBy(() -> Chunk.exportHead(0)).hasMessage("ExportRequest.chunk cannot have 0 bytes");
        assertThatThrownBy(() -> Chunk.putHead(-1)).hasMessage("PutRequest.chunk cannot have -1 bytes");
        assertThatThrownBy(() -> Chunk.getHead(-1)).hasMessage("GetResponse.chunk cannot have -1 bytes");
    }

    @Test
    void ofRecordAndChunkTheLastOneCounts() throws Exception {
        String record = "0a 06 1201 2f 1a01 65"; // an error on /
        String badRecord = "0a 00";

        assertThat(ExportRequest.decode(bytes(badRecord + "1201 07")).chunk()).isEqualTo(bytes("07"));
        assertThat(ExportRequest.decode(bytes("1201 07" + record)).chunk()).isNull();
        assertThat(ExportRequest.decode(bytes(badRecord + "1200" + record)).record()).isNotNull();
    }

    @Test
    void anExportRequestIsOneOrTheOther() {
        assertThatThrownBy(() -> ExportRequest.decode(bytes(""))).isInstanceOf(MalformedMessageException.class)
                .hasMessage("cannot read ExportRequest: it has neither a record nor a chunk");
        assertThatThrownBy(() -> new ExportRequest(null, null)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an ExportRequest has either a record or a chunk");
    }

    @Test
    void theFirstMessageOfAPutMayBringBytes() throws Exception {
        String mac = "11".repeat(32);

        PutRequest first = PutRequest.decode(bytes("0a20" + mac + "1002 1a01 07 2003"));

        assertThat(first.mac()).hasToString(mac);
        assertThat(first.resource()).hasToString("STATE");
        assertThat(first.chunk()).isEqualTo(bytes("07"));
        assertThat(first.hints().hot()).isTrue();
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
