package dev.kloset.wire.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.InitResponse;
import dev.kloset.wire.store.ListResponse;
import dev.kloset.wire.store.SizeResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtoReaderTest {

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "7f, 127",
        "8001, 128",
        "8000, 0", // longer than needed, which protobuf allows
        "ffffffffffffffffff01, -1",
        "ffffffffffffffff7f, 9223372036854775807",
        "80808080808080808001, -9223372036854775808",
        "80808080808080808000, 0" })
    void readsNumbersOfUpToTenBytes(String hex, long number) throws Exception {
        assertThat(SizeResponse.decode(bytes("08" + hex)).size()).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "08 | SizeResponse.size: it ends in the middle of a number",
        "08ff | SizeResponse.size: it ends in the middle of a number",
        "08ffffffffffffffffff02 | SizeResponse.size: it has a number of more than 64 bits",
        "08ffffffffffffffffffff01 | SizeResponse.size: it has a number of more than 64 bits",
        "0801 80 | SizeResponse: it ends in the middle of a number",
        "00 | SizeResponse: it has a field number outside the range 1 to 536870911",
        "0200 | SizeResponse: it has a field number outside the range 1 to 536870911",
        "888080801000 | SizeResponse: it has a field number outside the range 1 to 536870911",
        "0e | SizeResponse.size: it has a wire type that does not exist: 6",
        "0f | SizeResponse.size: it has a wire type that does not exist: 7",
        "09 00000000000000 | SizeResponse.size: it ends in the middle of a value",
        "0d 000000 | SizeResponse.size: it ends in the middle of a value",
        "12 05 00 | field 2 of SizeResponse: it claims 5 bytes, but only 1 are left",
        "12 ffffffffffffffffff01 | field 2 of SizeResponse: it claims 18446744073709551615 bytes, but only 0 are left",
        "12 8180808010 00 | field 2 of SizeResponse: it claims 4294967297 bytes, but only 1 are left",
        "14 | field 2 of SizeResponse: it ends a group that never began",
        "13 | field 2 of SizeResponse: it has a group without an end",
        "13 0801 | field 2 of SizeResponse: it has a group without an end",
        "13 1c | field 2 of SizeResponse: it ends a group that never began",
        "13 00 14 | field 2 of SizeResponse: it has a field number outside the range 1 to 536870911" })
    void saysWhatIsWrongAndWhere(String hex, String fault) {
        assertThatThrownBy(() -> SizeResponse.decode(bytes(hex))).isInstanceOf(MalformedMessageException.class)
                .hasMessage("cannot read " + fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1001", // a number
        "11 0000000000000000", // eight bytes
        "12 03 414243", // bytes
        "13 0805 1b 120141 1c 14", // a group in a group
        "15 00000000", // four bytes
        "0d 00000000", // a known field as another type
        "f8ffffff0f 01", // the highest field number
        "" })
    void skipsWhatItDoesNotKnow(String unknown) throws Exception {
        assertThat(SizeResponse.decode(bytes(unknown + "0807" + unknown)).size()).isEqualTo(7);
    }

    @Test
    void groupsAreFollowedAHundredDeep() throws Exception {
        assertThat(SizeResponse.decode(bytes("13".repeat(100) + "14".repeat(100))).size()).isZero();
        assertThatThrownBy(() -> SizeResponse.decode(bytes("13".repeat(1_000_000))))
                .hasMessage("cannot read field 2 of SizeResponse: it has groups nested more than 100 deep");
    }

    @Test
    void ofARepeatedFieldTheLastValueWins() throws Exception {
        assertThat(SizeResponse.decode(bytes("0801 0802 0803")).size()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "80", // a continuation without a start
        "c3", // a start without a continuation
        "c080", // zero in two bytes
        "eda080", // a surrogate
        "eda080edb080", // a pair of them
        "f4908080", // above the last code point
        "f0808080", // zero in four bytes
        "ff" })
    void textMustBeUtf8(String hex) {
        int length = hex.length() / 2;
        assertThatThrownBy(() -> InitResponse.decode(bytes("0a0%d%s".formatted(length, hex))))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("cannot read InitResponse.origin: it is not valid UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "ascii", "é", "日本語", "\uD83D\uDE00", "\uFFFD", "a\uFFFDb", "\u0000" })
    void textIsReadAsItIs(String text) throws Exception {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocate(2 + utf8.length).put((byte) 0x12).put((byte) utf8.length).put(utf8);
        assertThat(InitResponse.decode(message.flip()).type()).isEqualTo(text);
    }

    @Test
    void readsTheGivenPartOfTheArrayOnly() throws Exception {
        byte[] array = HexFormat.of().parseHex("0809" + "0807" + "0809");
        ByteBuffer message = ByteBuffer.wrap(array, 1, 4).slice().position(1).limit(3);

        assertThat(SizeResponse.decode(message).size()).isEqualTo(7);
        assertThat(message.position()).isEqualTo(1);
        assertThat(message.limit()).isEqualTo(3);
    }

    @Test
    void noBytesAreAMessageOfDefaults() throws Exception {
        assertThat(SizeResponse.decode(bytes("")).size()).isZero();
        assertThat(InitResponse.decode(bytes("")).root()).isEmpty();
        assertThat(InitRequest.decode(bytes("")).options().maxConcurrency()).isEqualTo(1);
        assertThat(ListResponse.decode(bytes("")).macs()).isEmpty();
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
