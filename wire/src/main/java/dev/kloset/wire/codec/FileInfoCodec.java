package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;
import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;

/** FileInfo of plakar.connectors. */
final class FileInfoCodec {

    private static final MessageNames NAMES = MessageNames.of("FileInfo", "name", "size", "mode", "mod_time", "dev",
            "ino", "uid", "gid", "nlink", "username", "groupname", "flags");
    private static final int NAME = 1 << 3 | BYTES;
    private static final int SIZE = 2 << 3 | VARINT;
    private static final int MODE = 3 << 3 | VARINT;
    private static final int MOD_TIME = 4 << 3 | BYTES;
    private static final int DEV = 5 << 3 | VARINT;
    private static final int INO = 6 << 3 | VARINT;
    private static final int UID = 7 << 3 | VARINT;
    private static final int GID = 8 << 3 | VARINT;
    private static final int NLINK = 9 << 3 | VARINT;
    private static final int USERNAME = 10 << 3 | BYTES;
    private static final int GROUPNAME = 11 << 3 | BYTES;
    private static final int FLAGS = 12 << 3 | VARINT;

    // What is missing on the wire is 0, unlike the builder's more convenient defaults.
    private final FileInfo.Builder info = FileInfo.builder("").mode(new FileMode(0)).nlink(0);
    private final TimestampCodec modTime = new TimestampCodec();
    private long size;

    static void write(ProtoWriter out, int tag, FileInfo info) {
        int mark = out.open(tag);
        out.string(NAMES, NAME, info.name());
        out.varint(SIZE, info.size());
        out.uint32(MODE, info.mode().bits());
        TimestampCodec.write(out, MOD_TIME, info.modTime());
        out.varint(DEV, info.dev());
        out.varint(INO, info.ino());
        out.varint(UID, info.uid());
        out.varint(GID, info.gid());
        out.varint(NLINK, info.nlink());
        out.string(NAMES, USERNAME, info.username());
        out.string(NAMES, GROUPNAME, info.groupname());
        out.uint32(FLAGS, info.flags());
        out.close(mark);
    }

    void merge(ProtoReader outer) throws MalformedMessageException {
        ProtoReader in = outer.message(NAMES);
        for (int tag = in.nextTag(); tag != 0; tag = in.nextTag()) {
            switch (tag) {
                case NAME -> info.name(in.string());
                case SIZE -> size = in.varint();
                case MODE -> info.mode(new FileMode(in.int32()));
                case MOD_TIME -> modTime.merge(in);
                case DEV -> info.dev(in.varint());
                case INO -> info.ino(in.varint());
                case UID -> info.uid(in.varint());
                case GID -> info.gid(in.varint());
                case NLINK -> info.nlink(Integer.toUnsignedLong(in.int32()));
                case USERNAME -> info.username(in.string());
                case GROUPNAME -> info.groupname(in.string());
                case FLAGS -> info.flags(in.int32());
                default -> in.skip();
            }
        }
    }

    /** {@return the decoded value} Checks come last: if a field is sent twice, only the last value counts. */
    FileInfo info() throws MalformedMessageException {
        return info.size(size).modTime(modTime.time()).build();
    }
}
