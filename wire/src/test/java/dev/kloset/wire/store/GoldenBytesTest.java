package dev.kloset.wire.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.LocationFlag;
import dev.kloset.ObjectMac;
import dev.kloset.Options;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.StoreHints;
import dev.kloset.StoreMode;
import dev.kloset.XattrRecord;
import dev.kloset.XattrType;
import dev.kloset.wire.codec.Chunk;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.ExportRequest;
import dev.kloset.wire.codec.ImportResponse;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.codec.OpenRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes themselves, where both sides could easily make the same mistake. */
final class GoldenBytesTest {

    private static final String MAC = "00112233445566778899aabbccddeeff".repeat(2);

    @Test
    void theEndOfAContentIsAChunkThatIsThereAndEmpty() throws Exception {
        assertBytes(ExportRequest.endMarker(), "1200");
        ByteBuffer chunk = ExportRequest.decode(bytes("1200")).chunk();
        assertThat(chunk).isEqualTo(ByteBuffer.allocate(0));
    }

    @Test
    void theEndOfAnImportIsOneTrue() {
        assertBytes(ImportResponse.finishedMessage(), "1001");
    }

    @Test
    void aDirectoryIsGosBitInFiveBytes() {
        FileInfo info = FileInfo.builder("d").mode(FileMode.directory(0755)).nlink(2).build();

        assertBytes(record(FileRecord.of("/d", info)), "0a 13 1202 2f64 420d 0a01 64 18 ed83808008 2200 4802");
    }

    @Test
    void aFileHasItsFieldsByTheNumbersOfFileInfo() {
        FileInfo info = FileInfo.builder("f")
                .size(-1)
                .mode(FileMode.regular(0644))
                .modTime(Instant.ofEpochSecond(1, 2))
                .dev(5)
                .ino(6)
                .uid(7)
                .gid(8)
                .nlink(70_000)
                .username("u")
                .groupname("g")
                .flags(12)
                .build();
        FileRecord file = FileRecord.file("/f", info, Content.of("")).withXattrNames(List.of("x"));

        assertBytes(record(file), "0a 36 0801 1202 2f66 422b 0a01 66 10 ffffffffffffffffff01 18 a403 2204 0801 1002"
                + "2805 3006 3807 4008 48 ffff03 5201 75 5a01 67 600c 4a01 78");
    }

    @Test
    void xattrsAndErrorsHaveTheNumbersOfRecord() {
        assertBytes(record(new XattrRecord("/", "n", XattrType.EXTENDED, Content.of(""))),
                "0a 0a 0801 1201 2f 2001 2a01 6e");
        assertBytes(record(new XattrRecord("/", "n", XattrType.ADS, Content.of(""))),
                "0a 0c 0801 1201 2f 2001 2a01 6e 3001");
        assertBytes(record(new ErrorRecord("/", "e")), "0a 06 1201 2f 1a01 65");
        assertBytes(new OpenRequest("/", true, "n", XattrType.CUSTOM, "t").encode(),
                "0a 0d 1201 2f 2001 2a01 6e 3002 3a01 74");
    }

    @Test
    void theFlagsOfAStoreHaveAnotherNumber() throws Exception {
        var flags = EnumSet.of(LocationFlag.STREAM, LocationFlag.EXPORTXATTR);

        assertBytes(new InitResponse("o", "t", "r", flags).encode(), "0a01 6f 1201 74 1a01 72 2024");
        assertBytes(new StoreInitResponse("o", "t", "r", flags).encode(), "0a01 6f 1201 74 1a01 72 2824");
        assertThat(InitResponse.decode(bytes("2824")).flags()).isEmpty();
        assertThat(StoreInitResponse.decode(bytes("2024")).flags()).isEmpty();
    }

    @Test
    void flagsOfLaterVersionsAreIgnored() throws Exception {
        assertThat(InitResponse.decode(bytes("20 ffffffff0f")).flags())
                .containsExactlyInAnyOrder(LocationFlag.values());
        assertThat(InitResponse.decode(bytes("20 c0ffffff0f")).flags()).isEmpty();
        assertThat(ModeResponse.decode(bytes("08 f9ffffffffffffffff01")).mode()).isEmpty();
    }

    @Test
    void optionsHaveTheirNumbers() {
        Options options = Options.builder()
                .hostname("h")
                .operatingSystem("o")
                .architecture("a")
                .cwd("c")
                .maxConcurrency(300)
                .excludes(List.of("", "e"))
                .noXattr(true)
                .build();

        assertBytes(new InitRequest(options, "p", Map.of("k", "v")).encode(),
                "0a 16 0a01 68 1201 6f 1a01 61 2201 63 28 ac02 3200 3201 65 3801 1201 70 1a06 0a01 6b 1201 76");
        assertBytes(new StoreInitRequest("p", Map.of("k", "")).encode(), "0a01 70 1203 0a01 6b");
    }

    @Test
    void requestsOfAStoreHaveTheirNumbers() {
        ObjectMac mac = ObjectMac.fromHex(MAC);
        StoreHints hot = new StoreHints(true);

        assertBytes(new ListRequest(StorageResource.LOCK, hot).encode(), "0803 1001");
        assertBytes(PutRequest.encodeFirst(StorageResource.PACKFILE, mac, hot), "0a20" + MAC + "1001 2001");
        assertBytes(PutRequest.encodeFirst(StorageResource.STATE, mac, StoreHints.NONE), "0a20" + MAC + "1002");
        assertBytes(new PutRequest(null, null, bytes("cafe"), StoreHints.NONE).encode(), "1a02 cafe");
        assertBytes(new GetRequest(mac, StorageResource.ECC_STATE, new Range(300, 0xFFFF_FFFFL), hot).encode(),
                "0a20" + MAC + "1005 1a09 08 ac02 10 ffffffff0f 2001");
        assertBytes(new GetRequest(mac, StorageResource.PACKFILE, new Range(0, 0), StoreHints.NONE).encode(),
                "0a20" + MAC + "1001 1a00");
        assertBytes(new GetRequest(mac, StorageResource.PACKFILE, null, StoreHints.NONE).encode(),
                "0a20" + MAC + "1001");
        assertBytes(new DeleteRequest(mac, StorageResource.LOCK, hot).encode(), "0a20" + MAC + "1003 1801");
    }

    @Test
    void answersOfAStoreHaveTheirNumbers() {
        assertBytes(new ModeResponse(EnumSet.of(StoreMode.WRITE)).encode(), "0802");
        assertBytes(new ModeResponse(EnumSet.allOf(StoreMode.class)).encode(), "0806");
        assertBytes(new SizeResponse(-1).encode(), "08 ffffffffffffffffff01");
        assertBytes(new PutResponse(300).encode(), "08 ac02");
        assertBytes(new ConfigBytes(new byte[]{ 1, 2 }).encode(), "0a02 0102");
        assertBytes(new ListResponse(List.of(ObjectMac.fromHex(MAC))).encode(), "0a20" + MAC);
        assertBytes(Empty.encode(), "");
    }

    @Test
    void aHostTakesAListOfOneHundredTwentyThreeThousandMacs() {
        ObjectMac mac = ObjectMac.fromHex(MAC);
        List<ObjectMac> most = Collections.nCopies(123_361, mac);

        assertThat(new ListResponse(most).encode().remaining()).isLessThanOrEqualTo(4 << 20).isEqualTo(123_361 * 34);
    }

    @Test
    void chunksAreAHeadAndWhateverFollows() {
        assertBytes(Chunk.openHead(1), "0a01");
        assertBytes(Chunk.exportHead(128), "12 8001");
        assertBytes(Chunk.putHead(1 << 20), "1a 808040");
        assertBytes(Chunk.getHead(Integer.MAX_VALUE), "0a ffffffff07");
        assertBytes(Chunk.getHead(0), "0a00");
    }

    private static ByteBuffer record(ConnectorRecord record) {
        return ImportResponse.encodeRecord(record);
    }

    private static void assertBytes(ByteBuffer actual, String hex) {
        byte[] bytes = new byte[actual.remaining()];
        actual.get(bytes);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex.replace(" ", ""));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
