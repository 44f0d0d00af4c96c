package dev.kloset.wire.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.LocationFlag;
import dev.kloset.ObjectMac;
import dev.kloset.Options;
import dev.kloset.StorageResource;
import dev.kloset.StoreMode;
import dev.kloset.XattrRecord;
import dev.kloset.XattrType;
import dev.kloset.wire.proto.ConnectorsProto;
import dev.kloset.wire.proto.ExporterProto;
import dev.kloset.wire.proto.ImporterProto;
import dev.kloset.wire.proto.StoreProto;
import dev.kloset.wire.store.DeleteRequest;
import dev.kloset.wire.store.GetRequest;
import dev.kloset.wire.store.ListRequest;
import dev.kloset.wire.store.ListResponse;
import dev.kloset.wire.store.ModeResponse;
import dev.kloset.wire.store.PutRequest;
import dev.kloset.wire.store.StoreInitRequest;
import dev.kloset.wire.store.StoreInitResponse;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our values as protobuf's objects, made without our codec: what our messages should be on the wire. */
final class Views {

    private static final Map<XattrType, ConnectorsProto.ExtendedAttributeType> XATTR_TYPES = Map.of(
            XattrType.EXTENDED, ConnectorsProto.ExtendedAttributeType.ORDINARY,
            XattrType.ADS, ConnectorsProto.ExtendedAttributeType.ALTERNATE_DATA_STREAM,
            XattrType.CUSTOM, ConnectorsProto.ExtendedAttributeType.CUSTOM);
    private static final Map<LocationFlag, Integer> FLAG_BITS = Map.of(LocationFlag.LOCALFS, 1, LocationFlag.FILE, 2,
            LocationFlag.STREAM, 4, LocationFlag.NEEDACK, 8, LocationFlag.NOMERGE, 16, LocationFlag.EXPORTXATTR, 32);

    private Views() {}

    static ConnectorsProto.Record record(WireRecord wire) {
        ConnectorsProto.Record.Builder view = ConnectorsProto.Record.newBuilder()
                .setHasReader(wire.hasReader())
                .setPathname(wire.sentPathname());
        switch (wire.record()) {
            case FileRecord file -> view.setFileInfo(fileInfo(file.info()))
                    .setTarget(file.target())
                    .addAllExtendedAttributes(file.xattrNames())
                    .setFileAttributes(file.attributes());
            case XattrRecord xattr -> view.setIsXattr(true)
                    .setXattrName(xattr.name())
                    .setXattrType(XATTR_TYPES.get(xattr.type()));
            case ErrorRecord failed -> view.setError(failed.message());
        }
        return view.build();
    }

    private static ConnectorsProto.FileInfo fileInfo(FileInfo info) {
        Instant modTime = info.modTime();
        Timestamp time = Timestamp.newBuilder()
                .setSeconds(modTime.getEpochSecond())
                .setNanos(modTime.getNano())
                .build();
        return ConnectorsProto.FileInfo.newBuilder()
                .setName(info.name())
                .setSize(info.size())
                .setMode(info.mode().bits())
                .setModTime(time)
                .setDev(info.dev())
                .setIno(info.ino())
                .setUid(info.uid())
                .setGid(info.gid())
                .setNlink(info.nlink())
                .setUsername(info.username())
                .setGroupname(info.groupname())
                .setFlags(info.flags())
                .build();
    }

    static ConnectorsProto.Result result(WireResult result) {
        String error = result.error();
        return ConnectorsProto.Result.newBuilder()
                .setHeader(record(result.header()))
                .setError(error == null ? "" : error)
                .build();
    }

    static ImporterProto.InitRequest initRequest(InitRequest request) {
        Options options = request.options();
        return ImporterProto.InitRequest.newBuilder()
                .setOptions(ImporterProto.Options.newBuilder()
                        .setHostname(options.hostname())
                        .setOs(options.operatingSystem())
                        .setArch(options.architecture())
                        .setCwd(options.cwd())
                        .setMaxconcurrency(options.maxConcurrency())
                        .addAllExcludes(options.excludes())
                        .setNoxattr(options.noXattr()))
                .setProto(request.proto())
                .putAllConfig(request.config())
                .build();
    }

    static StoreProto.InitRequest storeInitRequest(StoreInitRequest request) {
        return StoreProto.InitRequest.newBuilder().setProto(request.proto()).putAllConfig(request.config()).build();
    }

    static ImporterProto.InitResponse initResponse(InitResponse response) {
        return ImporterProto.InitResponse.newBuilder()
                .setOrigin(response.origin())
                .setType(response.type())
                .setRoot(response.root())
                .setFlags(response.flags().stream().mapToInt(FLAG_BITS::get).sum())
                .build();
    }

    static StoreProto.InitResponse storeInitResponse(StoreInitResponse response) {
        return StoreProto.InitResponse.newBuilder()
                .setOrigin(response.origin())
                .setType(response.type())
                .setRoot(response.root())
                .setFlags(response.flags().stream().mapToInt(FLAG_BITS::get).sum())
                .build();
    }

    static ImporterProto.ImportRequest importRequest(ImportRequest request) {
        return ImporterProto.ImportRequest.newBuilder().setResult(result(request.result())).build();
    }

    static ImporterProto.ImportResponse importResponse(ImportResponse response) {
        WireRecord record = response.record();
        ImporterProto.ImportResponse.Builder view = ImporterProto.ImportResponse.newBuilder();
        return record == null
                ? view.setFinished(response.finished()).build()
                : view.setRecord(record(record)).setFinished(response.finished()).build();
    }

    static ImporterProto.OpenRequest openRequest(OpenRequest request) {
        return ImporterProto.OpenRequest.newBuilder()
                .setRecord(ConnectorsProto.Record.newBuilder()
                        .setPathname(request.pathname())
                        .setIsXattr(request.isXattr())
                        .setXattrName(request.xattrName())
                        .setXattrType(XATTR_TYPES.get(request.xattrType()))
                        .setTarget(request.target()))
                .build();
    }

    static ExporterProto.ExportRequest exportRequest(ExportRequest request) {
        WireRecord record = request.record();
        ByteBuffer chunk = request.chunk();
        ExporterProto.ExportRequest.Builder view = ExporterProto.ExportRequest.newBuilder();
        if (record != null) {
            view.setRecord(record(record));
        }
        if (chunk != null) {
            view.setChunk(bytes(chunk));
        }
        return view.build();
    }

    static ExporterProto.ExportResponse exportResponse(ExportResponse response) {
        return ExporterProto.ExportResponse.newBuilder().setResult(result(response.result())).build();
    }

    static StoreProto.ModeResponse modeResponse(ModeResponse response) {
        int write = response.mode().contains(StoreMode.WRITE) ? 2 : 0;
        int read = response.mode().contains(StoreMode.READ) ? 4 : 0;
        return StoreProto.ModeResponse.newBuilder().setMode(write + read).build();
    }

    static StoreProto.ListRequest listRequest(ListRequest request) {
        return StoreProto.ListRequest.newBuilder()
                .setType(type(request.resource()))
                .setFlagsValue(request.hints().hot() ? 1 : 0)
                .build();
    }

    static StoreProto.ListResponse listResponse(ListResponse response) {
        return StoreProto.ListResponse.newBuilder()
                .addAllMacs(response.macs().stream().map(Views::bytes).toList())
                .build();
    }

    static StoreProto.PutRequest putRequest(PutRequest request) {
        var mac = request.mac();
        var resource = request.resource();
        return StoreProto.PutRequest.newBuilder()
                .setMac(mac == null ? ByteString.EMPTY : bytes(mac))
                .setType(type(resource))
                .setChunk(bytes(request.chunk()))
                .setFlagsValue(request.hints().hot() ? 1 : 0)
                .build();
    }

    static StoreProto.GetRequest getRequest(GetRequest request) {
        StoreProto.GetRequest.Builder view = StoreProto.GetRequest.newBuilder()
                .setMac(bytes(request.mac()))
                .setType(type(request.resource()))
                .setFlagsValue(request.hints().hot() ? 1 : 0);
        var range = request.range();
        if (range != null) {
            view.getRangeBuilder().setOffset(range.offset()).setLength((int) range.length());
        }
        return view.build();
    }

    static StoreProto.DeleteRequest deleteRequest(DeleteRequest request) {
        return StoreProto.DeleteRequest.newBuilder()
                .setMac(bytes(request.mac()))
                .setType(type(request.resource()))
                .setFlagsValue(request.hints().hot() ? 1 : 0)
                .build();
    }

    private static StoreProto.StorageResource type(@Nullable StorageResource resource) {
        return StoreProto.StorageResource.valueOf("STORAGE_RESOURCE_" + (resource == null ? "UNDEFINED" : resource));
    }

    private static ByteString bytes(ObjectMac mac) {
        return ByteString.copyFrom(mac.bytes());
    }

    static ByteString bytes(ByteBuffer buffer) {
        return ByteString.copyFrom(buffer.duplicate());
    }
}
