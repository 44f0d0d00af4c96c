package dev.kloset.wire.store;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;

import dev.kloset.wire.codec.ConfigCodec;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks for a store. */
public record StoreInitRequest(String proto, Map<String, String> config) {

    private static final MessageNames NAMES = MessageNames.of("InitRequest", "proto", "config");
    private static final int PROTO = 1 << 3 | BYTES;
    private static final int CONFIG = 2 << 3 | BYTES;
    private static final int USUAL_BYTES = 512;

    public StoreInitRequest {
        config = Map.copyOf(config);
    }

    /**
     * {@return the message}
     *
     * @throws IllegalArgumentException if a text is not valid Unicode
     */
    public ByteBuffer encode() {
        ProtoWriter out = new ProtoWriter(USUAL_BYTES);
        out.string(NAMES, PROTO, proto);
        ConfigCodec.write(out, CONFIG, config);
        return out.finish();
    }

    public static StoreInitRequest decode(ByteBuffer message) throws MalformedMessageException {
        ProtoReader in = new ProtoReader(message, NAMES);
        String proto = "";
        Map<String, String> config = new LinkedHashMap<>();
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case PROTO -> proto = in.string();
                case CONFIG -> ConfigCodec.merge(in, config);
                default -> in.skip();
            }
        }
        return new StoreInitRequest(proto, config);
    }

    /** {@return the request without the values of its configuration, which may be secret} */
    @Override
    public String toString() {
        return "StoreInitRequest[proto=" + proto + ", config=" + config.keySet() + "]";
    }
}
