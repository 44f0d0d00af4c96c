package dev.kloset.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HpackTest {

    private static final int LARGE = 1 << 20;

    private final HpackDecoder decoder = new HpackDecoder(LARGE);

    // ---- the examples of RFC 7541, appendix C

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', value = {
        "400a637573746f6d2d6b65790d637573746f6d2d686561646572 | custom-key: custom-header",
        "040c2f73616d706c652f70617468 | :path: /sample/path",
        "100870617373776f726406736563726574 | password: secret",
        "82 | :method: GET" })
    void singleFieldsAreDecoded(String block, String fields) throws Exception {
        assertThat(decode(block)).isEqualTo(fields);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "828684410f7777772e6578616d706c652e636f6d | 828684be58086e6f2d6361636865"
                + " | 828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
        "828684418cf1e3c2e5f23a6ba0ab90f4ff | 828684be5886a8eb10649cbf"
                + " | 828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf" })
    void requestsShareTheDynamicTable(String first, String second, String third) throws Exception {
        assertThat(decode(first)).isEqualTo(":method: GET, :scheme: http, :path: /, :authority: www.example.com");
        assertThat(decode(second)).isEqualTo(
                ":method: GET, :scheme: http, :path: /, :authority: www.example.com, cache-control: no-cache");
        assertThat(decode(third)).isEqualTo(":method: GET, :scheme: https, :path: /index.html,"
                + " :authority: www.example.com, custom-key: custom-value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "4803333032580770726976617465611d4d6f6e2c203231204f637420323031332032303a3133"
            + "3a323120474d546e1768747470733a2f2f7777772e6578616d706c652e636f6d | 4803333037c1c0bf | 88c1611d4d6f6e2c20"
            + "3231204f637420323031332032303a31333a323220474d54c05a04677a69707738666f6f3d4153444a4b48514b425a584f5157454f"
            + "50495541585157454f49553b206d61782d6167653d333630303b2076657273696f6e3d31",
        "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82"
                + "ae43d3 | 4883640effc1c0bf | 88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad"
                + "94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007" })
    void answersEvictOldFields(String first, String second, String third) throws Exception {
        decode("3fe101"); // a table of 256 bytes, as in the example
        assertThat(decode(first)).isEqualTo(":status: 302, cache-control: private,"
                + " date: Mon, 21 Oct 2013 20:13:21 GMT, location: https://www.example.com");
        assertThat(decode(second)).isEqualTo(":status: 307, cache-control: private,"
                + " date: Mon, 21 Oct 2013 20:13:21 GMT, location: https://www.example.com");
        assertThat(decode(third)).isEqualTo(":status: 200, cache-control: private,"
                + " date: Mon, 21 Oct 2013 20:13:22 GMT, location: https://www.example.com, content-encoding: gzip,"
                + " set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1");
    }

    // ---- what the decoder must not believe

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "80 | index 0", "be | index 62, but the table ends at 61",
        "ffffffffff0f | an integer beyond all limits", "ff8080808001 | an integer beyond all limits",
        "7f | a block that ends inside an integer", "400a6375 | a string of 10 bytes with 2 left",
        "00 | a block that ends before a string", "8220 | a table size update after a field",
        "3fe21f | a table of 4097 bytes, more than the 4096 allowed" })
    void nonsenseIsAConnectionError(String block, String words) {
        assertThatThrownBy(() -> decode(block)).isInstanceOfSatisfying(ConnectionError.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.COMPRESSION_ERROR))
                .hasMessage("a header block with " + words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "0084fffffffc00 | contains its end symbol", "0082ffff00 | is not padded",
        "00811800 | is not padded" })
    void brokenHuffmanStringsAreConnectionErrors(String block, String words) {
        assertThatThrownBy(() -> decode(block)).isInstanceOf(ConnectionError.class).hasMessageContaining(words);
    }

    @Test
    void aListBeyondTheLimitIsNotKeptButUnderstood() throws Exception {
        HpackDecoder small = new HpackDecoder(100);
        // Two fields for the table, the second one beyond the limit.
        byte[] block = HexFormat.of().parseHex("400161" + "0162" + "400163" + "7f00" + "64".repeat(127));
        assertThat(small.decode(block, 0, block.length).isTooLarge()).isTrue();
        byte[] indexed = { (byte) 0xBF };
        assertThat(small.decode(indexed, 0, 1)).hasToString("a: b");
    }

    @Test
    void theTableForgetsWhatDoesNotFit() throws Exception {
        decode("3f41"); // 96 bytes: two short fields
        decode("400161" + "0131" + "400162" + "0132" + "400163" + "0133");
        assertThat(decode("be")).isEqualTo("c: 3");
        assertThat(decode("bf")).isEqualTo("b: 2");
        assertThatThrownBy(() -> decode("c0")).hasMessageContaining("index 64, but the table ends at 63");
        decode("20"); // nothing at all
        assertThatThrownBy(() -> decode("be")).hasMessageContaining("the table ends at 61");
    }

    @Test
    void encodedFieldsAreDecodedUnchanged() throws Exception {
        HeaderBlock block = HeaderBlock.builder()
                .add(":status", "200")
                .add("content-type", "application/grpc")
                .add("grpc-message", "x".repeat(5000))
                .add("empty", "")
                .build();
        assertThat(decode(HexFormat.of().formatHex(block.bytes())))
                .isEqualTo(":status: 200, content-type: application/grpc, grpc-message: " + "x".repeat(5000)
                        + ", empty: ");
    }

    @Test
    void randomBytesNeverDoMoreThanFail() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] block = new byte[random.nextInt(60)];
            random.nextBytes(block);
            try {
                decoder.decode(block, 0, block.length);
            } catch (ConnectionError e) {
                assertThat(e.code()).as("seed %d", seed).isEqualTo(ErrorCode.COMPRESSION_ERROR);
            }
        }
    }

    private String decode(String hex) throws ConnectionError {
        byte[] block = HexFormat.of().parseHex(hex);
        return decoder.decode(block, 0, block.length).toString();
    }
}
