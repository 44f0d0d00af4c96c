package dev.kloset.wire.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import dev.kloset.Options;
import dev.kloset.wire.codec.Empty;
import dev.kloset.wire.codec.InitRequest;
import dev.kloset.wire.codec.OpenRequest;
import dev.kloset.wire.proto.ExporterProto;
import dev.kloset.wire.proto.ImporterProto;
import dev.kloset.wire.protobuf.MalformedMessageException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The promises of single messages that are not about bytes. */
final class MessagesTest {

    @Test
    void importersAndExportersBeginAlike() {
        assertThat(schema(ExporterProto.Options.getDescriptor()))
                .isEqualTo(schema(ImporterProto.Options.getDescriptor()));
        assertThat(schema(ExporterProto.InitRequest.getDescriptor()))
                .isEqualTo(schema(ImporterProto.InitRequest.getDescriptor()));
        assertThat(schema(ExporterProto.InitResponse.getDescriptor()))
                .isEqualTo(schema(ImporterProto.InitResponse.getDescriptor()));
    }

    private static String schema(Descriptor message) {
        DescriptorProto schema = message.toProto();
        return schema.toString().replace(".plakar.exporter.", ".importer.");
    }

    @Test
    void secretsAreNotPrinted() {
        Map<String, String> config = Map.of("password", "hunter2");

        assertThat(new InitRequest(Options.builder().build(), "sftp", config))
                .hasToString("InitRequest[proto=sftp, config=[password]]");
        assertThat(new StoreInitRequest("s3", config)).hasToString("StoreInitRequest[proto=s3, config=[password]]");
        assertThat(new ConfigBytes(new byte[5])).hasToString("ConfigBytes[5 bytes]");
    }

    @Test
    void aFaultInAConfigurationNamesNoValue() {
        assertThatThrownBy(() -> StoreInitRequest.decode(bytes("1206 0a01 6b 1201 ff")))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("cannot read config.value: it is not valid UTF-8");
        assertThatThrownBy(() -> new StoreInitRequest("p", Map.of("k", "\uD800")).encode())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("config.value is not valid Unicode");
    }

    @Test
    void anEntryOfAConfigurationMayLackEitherSide() throws Exception {
        assertThat(StoreInitRequest.decode(bytes("1200 1203 0a01 6b")).config()).isEqualTo(Map.of("", "", "k", ""));
        assertThat(StoreInitRequest.decode(bytes("1206 0a01 6b 1201 31 1206 0a01 6b 1201 32")).config())
                .isEqualTo(Map.of("k", "2"));
    }

    @Test
    void optionsThatComeTwiceAreMerged() throws Exception {
        Options options = InitRequest.decode(bytes("0a09 0a01 61 3201 78 1201 6f 0a06 0a01 62 3201 79")).options();

        assertThat(options.hostname()).isEqualTo("b");
        assertThat(options.operatingSystem()).isEqualTo("o");
        assertThat(options.excludes()).isEqualTo(List.of("x", "y"));
    }

    @ParameterizedTest
    @CsvSource({ "00, 1", "ffffffffffffffffff01, 1", "07, 7", "ffffffffffffffff7f, 2147483647" })
    void concurrencyIsAtLeastOne(String sent, int expected) throws Exception {
        String options = "28" + sent;
        ByteBuffer message = bytes("0a%02x%s".formatted(options.length() / 2, options));

        assertThat(InitRequest.decode(message).options().maxConcurrency()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0a01 00 | ListResponse.macs: a MAC has 32 bytes, not 1",
        "0a00 | ListResponse.macs: a MAC has 32 bytes, not 0" })
    void aListHasWholeMacsOnly(String hex, String fault) {
        assertThatThrownBy(() -> ListResponse.decode(bytes(hex))).isInstanceOf(MalformedMessageException.class)
                .hasMessage("cannot read " + fault);
    }

    @Test
    void requestsSayWhichObject() {
        String mac = "0a20" + "ab".repeat(32);

        assertThatThrownBy(() -> GetRequest.decode(bytes("0801")))
                .hasMessage("cannot read GetRequest.mac: a MAC has 32 bytes, not 0");
        assertThatThrownBy(() -> GetRequest.decode(bytes(mac)))
                .hasMessage("cannot read GetRequest.type: it is missing");
        assertThatThrownBy(() -> GetRequest.decode(bytes(mac + "1001 1a0b 08 80808080808080808001")))
                .hasMessage("cannot read Range.offset: no object has a byte 9223372036854775808");
        assertThatThrownBy(() -> DeleteRequest.decode(bytes(mac + "1009")))
                .hasMessage("cannot read DeleteRequest.type: there is no kind of object with the number 9");
        assertThatThrownBy(() -> ListRequest.decode(bytes("")))
                .hasMessage("cannot read ListRequest.type: it is missing");
        assertThatThrownBy(() -> PutRequest.decode(bytes("0a0101")))
                .hasMessage("cannot read PutRequest.mac: a MAC has 32 bytes, not 1");
        assertThatThrownBy(() -> OpenRequest.decode(bytes("")))
                .hasMessage("cannot read OpenRequest.record: it is missing");
    }

    @Test
    void anEmptyMessageMayHaveAnything() {
        Empty.decode(bytes(""));
        Empty.decode(bytes("ffffff"));
        assertThat(Empty.encode().remaining()).isZero();
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
