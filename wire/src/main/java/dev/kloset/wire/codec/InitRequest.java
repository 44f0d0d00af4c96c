package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;

import dev.kloset.Options;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks for an importer or exporter. */
public record InitRequest(Options options, String proto, Map<String, String> config) {

    private static final MessageNames NAMES = MessageNames.of("InitRequest", "options", "proto", "config");
    private static final int OPTIONS = 1 << 3 | BYTES;
    private static final int PROTO = 2 << 3 | BYTES;
    private static final int CONFIG = 3 << 3 | BYTES;
    private static final int USUAL_BYTES = 512;

    public InitRequest {
        config = Map.copyOf(config);
    }

    /**
     * {@return the message}
     *
     * @throws IllegalArgumentException if a text is not valid Unicode
     */
    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(USUAL_BYTES);
        OptionsCodec.write(out, OPTIONS, options);
        out.string(NAMES, PROTO, proto);
        ConfigCodec.write(out, CONFIG, config);
        return out.finish();
    }

    /** {@return the request; missing options have their default values} */
    public static InitRequest decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        OptionsCodec options = new OptionsCodec();
        String proto = "";
        Map<String, String> config = new LinkedHashMap<>();
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case OPTIONS -> options.merge(in);
                case PROTO -> proto = in.string();
                case CONFIG -> ConfigCodec.merge(in, config);
                default -> in.skip();
            }
        }
        return new InitRequest(options.toOptions(), proto, config);
    }

    /** {@return the request without the values of its configuration, which may be secret} */
    @Override
    public String toString() {
        return "InitRequest[proto=" + proto + ", config=" + config.keySet() + "]";
    }
}
