package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;

import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.util.Map;

/** One entry of a {@code map<string, string> config}. */
public final class ConfigCodec {

    private static final MessageNames NAMES = MessageNames.of("config", "key", "value");
    private static final int KEY = 1 << 3 | BYTES;
    private static final int VALUE = 2 << 3 | BYTES;

    private ConfigCodec() {}

    public static void write(ProtoWriter out, int tag, Map<String, String> config) {
        for (Map.Entry<String, String> entry : config.entrySet()) {
            int mark = out.open(tag);
            out.string(NAMES, KEY, entry.getKey());
            out.string(NAMES, VALUE, entry.getValue());
            out.close(mark);
        }
    }

    /** Read one entry. If a key comes twice, the last value counts. */
    public static void merge(ProtoReader outer, Map<String, String> config) throws MalformedMessageException {
        ProtoReader in = outer.message(NAMES);
        String key = "";
        String value = "";
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case KEY -> key = in.string();
                case VALUE -> value = in.string();
                default -> in.skip();
            }
        }
        config.put(key, value);
    }
}
