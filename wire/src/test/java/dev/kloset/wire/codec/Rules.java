package dev.kloset.wire.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.kloset.support.Sentence;
import dev.kloset.wire.proto.ConnectorsProto;
import dev.kloset.wire.proto.ExporterProto;
import dev.kloset.wire.proto.ImporterProto;
import dev.kloset.wire.proto.StoreProto;
import java.util.regex.Pattern;

/**
 * Where our codec is meant to differ from protobuf: turns a message that protobuf has read into what ours should make of it, in
 * protobuf's own objects. Meaningless fields are gone, values are clamped, and some messages are refused. Unknown fields are gone
 * already.
 */
public final class Rules {

    private static final Pattern PATH = Pattern.compile("/|(/(?!\\.{1,2}(/|\\z))[^/]+)+", Pattern.DOTALL);

    private Rules() {}

    /** A message that is valid protobuf and still not acceptable. */
    public static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        Refused(String why) {
            super(why);
        }
    }

    private static void require(boolean rule, String why) throws Refused {
        if (!rule) {
            throw new Refused(why);
        }
    }

    static ConnectorsProto.Record record(ConnectorsProto.Record record) throws Refused {
        if (!record.getError().isEmpty()) {
            require(PATH.matcher(record.getPathname()).matches(), "path");
        }
        return importedRecord(record);
    }

    /** An importer's error is accepted whatever its path is, as Plakar does. */
    private static ConnectorsProto.Record importedRecord(ConnectorsProto.Record record) throws Refused {
        ConnectorsProto.Record.Builder result = ConnectorsProto.Record.newBuilder()
                .setHasReader(record.getHasReader())
                .setPathname(record.getPathname());
        boolean goodPath = PATH.matcher(record.getPathname()).matches();
        if (!record.getError().isEmpty()) {
            return result.setError(Sentence.of(record.getError())).build();
        }
        if (record.getIsXattr()) {
            require(goodPath && !record.getXattrName().isEmpty(), "path or name");
            return result.setIsXattr(true)
                    .setXattrName(record.getXattrName())
                    .setXattrTypeValue(xattrType(record))
                    .build();
        }
        require(record.hasFileInfo() && goodPath, "fileInfo or path");
        return result.setTarget(record.getTarget())
                .setFileInfo(fileInfo(record.getFileInfo()))
                .addAllExtendedAttributes(record.getExtendedAttributesList())
                .setFileAttributes(record.getFileAttributes())
                .build();
    }

    private static int xattrType(ConnectorsProto.Record record) {
        int number = record.getXattrTypeValue();
        return number == 0 || number == 1 ? number : 2;
    }

    private static ConnectorsProto.FileInfo fileInfo(ConnectorsProto.FileInfo info) throws Refused {
        require(info.getSize() >= -1, "size");
        Timestamp time = info.getModTime();
        require(time.getNanos() >= 0 && time.getNanos() < 1_000_000_000, "nanos");
        require(time.getSeconds() >= -31_557_014_167_219_200L && time.getSeconds() <= 31_556_889_864_403_199L,
                "seconds");
        return ConnectorsProto.FileInfo.newBuilder(info)
                .setModTime(Timestamp.newBuilder().setSeconds(time.getSeconds()).setNanos(time.getNanos()))
                .setNlink(Integer.compareUnsigned(info.getNlink(), 65_535) > 0 ? 65_535 : info.getNlink())
                .build();
    }

    static ConnectorsProto.Result result(ConnectorsProto.Result result) throws Refused {
        require(result.hasHeader(), "header");
        String error = result.getError();
        return ConnectorsProto.Result.newBuilder()
                .setHeader(record(result.getHeader()))
                .setError(error.isEmpty() ? "" : Sentence.of(error))
                .build();
    }

    static ImporterProto.InitRequest initRequest(ImporterProto.InitRequest request) {
        ImporterProto.Options options = request.getOptions();
        long concurrency = Math.min(Math.max(options.getMaxconcurrency(), 1), Integer.MAX_VALUE);
        return ImporterProto.InitRequest.newBuilder(request)
                .setOptions(ImporterProto.Options.newBuilder(options)
                        .setMaxconcurrency(concurrency))
                .build();
    }

    static ImporterProto.InitResponse initResponse(ImporterProto.InitResponse response) {
        return response.toBuilder().setFlags(response.getFlags() & 63).build();
    }

    static StoreProto.InitResponse storeInitResponse(StoreProto.InitResponse response) {
        return response.toBuilder().setFlags(response.getFlags() & 63).build();
    }

    static ImporterProto.ImportRequest importRequest(ImporterProto.ImportRequest request) throws Refused {
        require(request.hasResult(), "result");
        return ImporterProto.ImportRequest.newBuilder().setResult(result(request.getResult())).build();
    }

    static ImporterProto.ImportResponse importResponse(ImporterProto.ImportResponse response) throws Refused {
        if (response.getFinished()) {
            return ImporterProto.ImportResponse.newBuilder().setFinished(true).build();
        }
        require(response.hasRecord(), "record");
        return ImporterProto.ImportResponse.newBuilder().setRecord(importedRecord(response.getRecord())).build();
    }

    static ImporterProto.OpenRequest openRequest(ImporterProto.OpenRequest request) throws Refused {
        require(request.hasRecord(), "record");
        ConnectorsProto.Record record = request.getRecord();
        return ImporterProto.OpenRequest.newBuilder()
                .setRecord(ConnectorsProto.Record.newBuilder()
                        .setPathname(record.getPathname())
                        .setIsXattr(record.getIsXattr())
                        .setXattrName(record.getXattrName())
                        .setXattrTypeValue(xattrType(record))
                        .setTarget(record.getTarget()))
                .build();
    }

    static ExporterProto.ExportRequest exportRequest(ExporterProto.ExportRequest request) throws Refused {
        ExporterProto.ExportRequest.Builder result = ExporterProto.ExportRequest.newBuilder();
        return switch (request.getPacketCase()) {
            case RECORD -> result.setRecord(record(request.getRecord())).build();
            case CHUNK -> result.setChunk(request.getChunk()).build();
            case PACKET_NOT_SET -> throw new Refused("neither");
        };
    }

    static ExporterProto.ExportResponse exportResponse(ExporterProto.ExportResponse response) throws Refused {
        require(response.hasResult(), "result");
        return ExporterProto.ExportResponse.newBuilder().setResult(result(response.getResult())).build();
    }

    static StoreProto.ModeResponse modeResponse(StoreProto.ModeResponse response) {
        return StoreProto.ModeResponse.newBuilder().setMode(response.getMode() & 6).build();
    }

    static StoreProto.ListRequest listRequest(StoreProto.ListRequest request) throws Refused {
        require(isResource(request.getTypeValue()), "type");
        return StoreProto.ListRequest.newBuilder()
                .setType(request.getType())
                .setFlagsValue(request.getFlagsValue() & 1)
                .build();
    }

    static StoreProto.ListResponse listResponse(StoreProto.ListResponse response) throws Refused {
        for (ByteString mac : response.getMacsList()) {
            require(mac.size() == 32, "mac");
        }
        return response;
    }

    static StoreProto.PutRequest putRequest(StoreProto.PutRequest request) throws Refused {
        require(request.getMac().isEmpty() || request.getMac().size() == 32, "mac");
        require(request.getTypeValue() == 0 || isResource(request.getTypeValue()), "type");
        return request.toBuilder().setFlagsValue(request.getFlagsValue() & 1).build();
    }

    static StoreProto.GetRequest getRequest(StoreProto.GetRequest request) throws Refused {
        require(request.getMac().size() == 32, "mac");
        require(isResource(request.getTypeValue()), "type");
        require(request.getRange().getOffset() >= 0, "offset");
        return request.toBuilder().setFlagsValue(request.getFlagsValue() & 1).build();
    }

    static StoreProto.DeleteRequest deleteRequest(StoreProto.DeleteRequest request) throws Refused {
        require(request.getMac().size() == 32, "mac");
        require(isResource(request.getTypeValue()), "type");
        return request.toBuilder().setFlagsValue(request.getFlagsValue() & 1).build();
    }

    private static boolean isResource(int number) {
        return number >= 1 && number <= 5;
    }
}
