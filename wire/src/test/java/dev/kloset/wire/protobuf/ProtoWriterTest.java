package dev.kloset.wire.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtoWriterTest {

    private static final MessageNames NAMES = MessageNames.of("Thing", "one", "text");
    private static final int TEXT = 2 << 3 | ProtoReader.BYTES;

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 42, 43, 63, 64, 126, 127, 128, 129, 5461, 16_383, 16_384, 16_385, 2_097_151,
        2_097_152 })
    void lengthsOfAnySizeAreRight(int length) throws Exception {
        assertSameAsProtobuf("a".repeat(length));
        assertSameAsProtobuf("é".repeat(length / 2) + "a".repeat(length % 2));
        assertSameAsProtobuf("a".repeat(length % 4) + "\uD83D\uDE00".repeat(length / 4));
    }

    @Test
    void everyCharacterBecomesItsUtf8() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                all.appendCodePoint(c);
            }
        }
        assertSameAsProtobuf(all.toString());
    }

    private static void assertSameAsProtobuf(String text) throws IOException {
        ProtoWriter out = new ProtoWriter(1);
        out.element(NAMES, TEXT, text);

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        CodedOutputStream protobuf = CodedOutputStream.newInstance(expected);
        protobuf.writeString(2, text);
        protobuf.flush();
        assertThat(out.finish()).isEqualTo(ByteBuffer.wrap(expected.toByteArray()));
    }

    @ParameterizedTest
    @ValueSource(strings = { "\uD800", "\uDC00", "a\uD800", "\uD800a", "\uDC00\uD800", "é\uD83D\uD83D\uDE00" })
    void textThatIsNotUnicodeIsRefusedByName(String text) {
        ProtoWriter out = new ProtoWriter(16);

        assertThatThrownBy(() -> out.string(NAMES, TEXT, text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Thing.text is not valid Unicode");
    }

    @Test
    void defaultsAreLeftOut() {
        ProtoWriter out = new ProtoWriter(16);
        out.varint(8, 0);
        out.bool(8, false);
        out.uint32(8, 0);
        out.string(NAMES, TEXT, "");
        out.bytes(TEXT, new byte[0]);

        assertThat(out.finish().remaining()).isZero();
    }

    @Test
    void aThirtyTwoBitNumberIsNeverSignExtended() {
        ProtoWriter out = new ProtoWriter(1);
        out.uint32(8, -1);

        assertThat(out.finish().remaining()).isEqualTo(6);
    }

    @Test
    void nestedLengthsGrowInsideEachOther() throws Exception {
        ProtoWriter out = new ProtoWriter(4);
        int outer = out.open(TEXT);
        int inner = out.open(TEXT);
        out.element(NAMES, TEXT, "x".repeat(300));
        out.close(inner);
        out.element(NAMES, TEXT, "tail");
        out.close(outer);

        ProtoReader in = new ProtoReader(out.finish(), NAMES);
        assertThat(in.nextTag()).isEqualTo(TEXT);
        ProtoReader message = in.message(NAMES);
        assertThat(in.nextTag()).isZero();
        message.nextTag();
        ProtoReader nested = message.message(NAMES);
        nested.nextTag();
        assertThat(nested.string()).hasSize(300);
        assertThat(nested.nextTag()).isZero();
        message.nextTag();
        assertThat(message.string()).isEqualTo("tail");
        assertThat(message.nextTag()).isZero();
    }
}
