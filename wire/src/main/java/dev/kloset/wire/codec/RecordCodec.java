package dev.kloset.wire.codec;

import static dev.kloset.wire.protobuf.ProtoReader.BYTES;
import static dev.kloset.wire.protobuf.ProtoReader.VARINT;

import dev.kloset.ConnectorRecord;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.protobuf.MessageNames;
import dev.kloset.wire.protobuf.ProtoReader;
import dev.kloset.wire.protobuf.ProtoWriter;
import dev.kloset.wire.protobuf.RefusedRecordException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The message Record of plakar.connectors. Its fields determine its kind: an error text, the xattr mark, or neither. */
final class RecordCodec {

    private static final MessageNames NAMES = MessageNames.of("Record", "hasReader", "pathname", "error", "isXattr",
            "xattrName", "xattrType", "target", "fileInfo", "extendedAttributes", "fileAttributes");
    private static final int HAS_READER = 1 << 3 | VARINT;
    private static final int PATHNAME = 2 << 3 | BYTES;
    private static final int ERROR = 3 << 3 | BYTES;
    private static final int IS_XATTR = 4 << 3 | VARINT;
    private static final int XATTR_NAME = 5 << 3 | BYTES;
    private static final int XATTR_TYPE = 6 << 3 | VARINT;
    private static final int TARGET = 7 << 3 | BYTES;
    private static final int FILE_INFO = 8 << 3 | BYTES;
    private static final int EXTENDED_ATTRIBUTES = 9 << 3 | BYTES;
    private static final int FILE_ATTRIBUTES = 10 << 3 | VARINT;

    private boolean hasReader;
    private String pathname = "";
    private String error = "";
    private boolean isXattr;
    private String xattrName = "";
    private int xattrType;
    private String target = "";
    private @Nullable FileInfoCodec fileInfo;
    private List<String> xattrNames = List.of();
    private int fileAttributes;

    /**
     * Write the record into a field.
     *
     * @throws IllegalArgumentException if one of its texts is not valid Unicode, or its time cannot be sent
     */
    static void write(ProtoWriter out, int tag, ConnectorRecord record, boolean hasReader) {
        write(out, tag, record, hasReader, record.pathname());
    }

    /** As {@link #write(ProtoWriter, int, ConnectorRecord, boolean)}, under the path that the sender used. */
    static void write(ProtoWriter out, int tag, ConnectorRecord record, boolean hasReader, String sentPathname) {
        int mark = out.open(tag);
        writeFields(out, record, hasReader, sentPathname);
        out.close(mark);
    }

    static void writeFields(ProtoWriter out, ConnectorRecord record, boolean hasReader, String sentPathname) {
        try {
            out.bool(HAS_READER, hasReader);
            out.string(NAMES, PATHNAME, sentPathname);
            if (record instanceof FileRecord file) {
                writeFile(out, file);
            } else if (record instanceof XattrRecord xattr) {
                writeXattr(out, xattr);
            } else {
                out.string(NAMES, ERROR, ((ErrorRecord) record).message());
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cannot send " + record.pathname() + ": " + e.getMessage(), e);
        }
    }

    private static void writeFile(ProtoWriter out, FileRecord file) {
        out.string(NAMES, TARGET, file.target());
        FileInfoCodec.write(out, FILE_INFO, file.info());
        for (String name : file.xattrNames()) {
            out.element(NAMES, EXTENDED_ATTRIBUTES, name);
        }
        out.uint32(FILE_ATTRIBUTES, file.attributes());
    }

    private static void writeXattr(ProtoWriter out, XattrRecord xattr) {
        out.bool(IS_XATTR, true);
        out.string(NAMES, XATTR_NAME, xattr.name());
        out.varint(XATTR_TYPE, XattrTypes.number(xattr.type()));
    }

    /** Write what identifies a content to be opened: no metadata, but the target for hosts that look at it. */
    static void writeOpen(ProtoWriter out, int tag, OpenRequest open) {
        int mark = out.open(tag);
        out.string(NAMES, PATHNAME, open.pathname());
        out.bool(IS_XATTR, open.isXattr());
        out.string(NAMES, XATTR_NAME, open.xattrName());
        out.varint(XATTR_TYPE, XattrTypes.number(open.xattrType()));
        out.string(NAMES, TARGET, open.target());
        out.close(mark);
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
                case HAS_READER -> hasReader = in.bool();
                case PATHNAME -> pathname = in.string();
                case ERROR -> error = in.string();
                case IS_XATTR -> isXattr = in.bool();
                case XATTR_NAME -> xattrName = in.string();
                case XATTR_TYPE -> xattrType = in.int32();
                case TARGET -> target = in.string();
                case FILE_INFO -> fileInfo().merge(in);
                case EXTENDED_ATTRIBUTES -> addXattrName(in.string());
                case FILE_ATTRIBUTES -> fileAttributes = in.int32();
                default -> in.skip();
            }
        }
    }

    private FileInfoCodec fileInfo() {
        if (fileInfo == null) {
            fileInfo = new FileInfoCodec();
        }
        return fileInfo;
    }

    private void addXattrName(String name) {
        if (xattrNames.isEmpty()) {
            xattrNames = new ArrayList<>();
        }
        xattrNames.add(name);
    }

    OpenRequest toOpenRequest() {
        return new OpenRequest(pathname, isXattr, xattrName, XattrTypes.of(xattrType), target);
    }

    WireRecord toRecord() throws MalformedMessageException {
        try {
            return new WireRecord(record(), hasReader);
        } catch (IllegalArgumentException e) {
            throw new RefusedRecordException("cannot read Record: " + e.getMessage(), hasReader);
        }
    }

    /**
     * {@return the record as a host takes it} The path of an error is passed on unchanged, as Plakar does: it need not be a valid
     * path. A source that cannot be read at all has none.
     */
    WireRecord toImportedRecord() throws MalformedMessageException {
        return error.isEmpty()
                ? toRecord()
                : new WireRecord(new ErrorRecord(nearestPath(pathname), error), hasReader, pathname);
    }

    /** {@return the path without the parts that a path must not have; the root if nothing is left} */
    private static String nearestPath(String pathname) {
        StringBuilder path = new StringBuilder();
        for (String part : pathname.split("/", -1)) {
            if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                path.append('/').append(part);
            }
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    private ConnectorRecord record() throws MalformedMessageException {
        if (!error.isEmpty()) {
            return new ErrorRecord(pathname, error);
        }
        if (isXattr) {
            UnboundContent content = new UnboundContent("attribute " + xattrName + " of " + pathname);
            return new XattrRecord(pathname, xattrName, XattrTypes.of(xattrType), content);
        }
        if (fileInfo == null) {
            throw new MalformedMessageException("cannot read Record.fileInfo: it is missing for " + pathname);
        }
        return FileRecord.received(pathname, fileInfo.info(), target, xattrNames, fileAttributes, null);
    }
}
