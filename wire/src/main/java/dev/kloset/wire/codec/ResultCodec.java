package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;

import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The message Result of plakar.connectors. Hosts crash on a result without a header, so this neither writes nor accepts one. */
final class ResultCodec {

    private static final MessageNames NAMES = MessageNames.of("Result", "header", "error");
    private static final int HEADER = 1 << 3 | BYTES;
    private static final int ERROR = 2 << 3 | BYTES;

    private @Nullable RecordCodec header;
    private String error = "";

    static void write(ProtoWriter out, int tag, WireResult result) {
        int mark = out.open(tag);
        writeFields(out, result);
        out.close(mark);
    }

    static void writeFields(ProtoWriter out, WireResult result) {
        WireRecord header = result.header();
        int mark = out.open(HEADER);
        RecordCodec.writeFields(out, header.record(), header.hasReader(), header.sentPathname());
        out.close(mark);
        String text = result.error();
        if (text != null) {
            out.string(NAMES, ERROR, text);
        }
    }

    static ProtoReader reader(ByteBuffer message) {
        return new ProtoReader(message, NAMES);
    }

    void merge(ProtoReader outer) throws MalformedMessageException {
        mergeFields(outer.message(NAMES));
    }

    void mergeFields(ProtoReader in) throws MalformedMessageException {
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case HEADER -> header().merge(in);
                case ERROR -> error = in.string();
                default -> in.skip();
            }
        }
    }

    private RecordCodec header() {
        if (header == null) {
            header = new RecordCodec();
        }
        return header;
    }

    WireResult toResult() throws MalformedMessageException {
        if (header == null) {
            throw new MalformedMessageException("cannot read Result.header: it is missing");
        }
        return new WireResult(header.toRecord(), error.isEmpty() ? null : error);
    }
}
