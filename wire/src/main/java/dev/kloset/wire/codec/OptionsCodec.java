package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;
import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.Options;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import java.util.ArrayList;
import java.util.List;

/** Options, the same message for importers and exporters. */
final class OptionsCodec {

    private static final MessageNames NAMES = MessageNames.of("Options", "hostname", "os", "arch", "cwd",
            "maxconcurrency", "excludes", "noxattr");
    private static final int HOSTNAME = 1 << 3 | BYTES;
    private static final int OS = 2 << 3 | BYTES;
    private static final int ARCH = 3 << 3 | BYTES;
    private static final int CWD = 4 << 3 | BYTES;
    private static final int MAX_CONCURRENCY = 5 << 3 | VARINT;
    private static final int EXCLUDES = 6 << 3 | BYTES;
    private static final int NO_XATTR = 7 << 3 | VARINT;

    private final Options.Builder options = Options.builder();
    private final List<String> excludes = new ArrayList<>();

    static void write(ProtoWriter out, int tag, Options options) {
        int mark = out.open(tag);
        out.string(NAMES, HOSTNAME, options.hostname());
        out.string(NAMES, OS, options.operatingSystem());
        out.string(NAMES, ARCH, options.architecture());
        out.string(NAMES, CWD, options.cwd());
        out.varint(MAX_CONCURRENCY, options.maxConcurrency());
        for (String pattern : options.excludes()) {
            out.element(NAMES, EXCLUDES, pattern);
        }
        out.bool(NO_XATTR, options.noXattr());
        out.close(mark);
    }

    void merge(ProtoReader outer) throws MalformedMessageException {
        ProtoReader in = outer.message(NAMES);
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case HOSTNAME -> options.hostname(in.string());
                case OS -> options.operatingSystem(in.string());
                case ARCH -> options.architecture(in.string());
                case CWD -> options.cwd(in.string());
                case MAX_CONCURRENCY -> options.maxConcurrency(in.varint());
                case EXCLUDES -> excludes.add(in.string());
                case NO_XATTR -> options.noXattr(in.bool());
                default -> in.skip();
            }
        }
    }

    Options toOptions() {
        return options.excludes(excludes).build();
    }
}
