package dev.kloset.wire.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.kloset.wire.proto.ConnectorsProto;
import dev.kloset.wire.proto.ExporterProto;
import dev.kloset.wire.proto.ImporterProto;
import dev.kloset.wire.proto.StoreProto;
import dev.kloset.wire.protobuf.MalformedMessageException;
import dev.kloset.wire.store.ConfigBytes;
import dev.kloset.wire.store.DeleteRequest;
import dev.kloset.wire.store.GetRequest;
import dev.kloset.wire.store.ListRequest;
import dev.kloset.wire.store.ListResponse;
import dev.kloset.wire.store.ModeResponse;
import dev.kloset.wire.store.PutRequest;
import dev.kloset.wire.store.PutResponse;
import dev.kloset.wire.store.SizeResponse;
import dev.kloset.wire.store.StoreInitRequest;
import dev.kloset.wire.store.StoreInitResponse;
import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * One message with everything that is needed to compare our codec with protobuf's.
 *
 * @param view our value in protobuf's objects
 * @param rules what our codec is meant to make of a message
 */
public record Subject<T, M extends Message>(String name, M prototype, Decoder<T> decode, Function<T, ByteBuffer> encode,
        Function<T, M> view, Rule<M> rules) {

    public interface Decoder<T> {
        T decode(ByteBuffer message) throws MalformedMessageException;
    }

    interface Rule<M> {
        M apply(M message) throws Rules.Refused;
    }

    /** {@return what our codec reads from the bytes, in protobuf's objects} */
    M decoded(ByteBuffer message) throws MalformedMessageException {
        return view.apply(decode.decode(message));
    }

    public M accepted(Message message) throws Rules.Refused {
        return rules.apply(cast(message));
    }

    @SuppressWarnings("unchecked")
    private M cast(Message message) {
        return (M) prototype.getClass().cast(message);
    }

    @Override
    public String toString() {
        return name;
    }

    public static Stream<Subject<?, ?>> all() {
        return Stream.of(records(), importers(), exporters(), stores()).flatMap(group -> group);
    }

    private static Stream<Subject<?, ?>> records() {
        return Stream.of(
                new Subject<>("Record", ConnectorsProto.Record.getDefaultInstance(), WireRecord::decode,
                        WireRecord::encode, Views::record, Rules::record),
                new Subject<>("Result", ConnectorsProto.Result.getDefaultInstance(), WireResult::decode,
                        WireResult::encode, Views::result, Rules::result));
    }

    private static Stream<Subject<?, ?>> importers() {
        return Stream.of(
                new Subject<>("InitRequest", ImporterProto.InitRequest.getDefaultInstance(), InitRequest::decode,
                        InitRequest::encode, Views::initRequest, Rules::initRequest),
                new Subject<>("InitResponse", ImporterProto.InitResponse.getDefaultInstance(), InitResponse::decode,
                        InitResponse::encode, Views::initResponse, Rules::initResponse),
                new Subject<>("ImportRequest", ImporterProto.ImportRequest.getDefaultInstance(), ImportRequest::decode,
                        ImportRequest::encode, Views::importRequest, Rules::importRequest),
                new Subject<>("ImportResponse", ImporterProto.ImportResponse.getDefaultInstance(),
                        ImportResponse::decode, ImportResponse::encode, Views::importResponse, Rules::importResponse),
                new Subject<>("OpenRequest", ImporterProto.OpenRequest.getDefaultInstance(), OpenRequest::decode,
                        OpenRequest::encode, Views::openRequest, Rules::openRequest),
                new Subject<>("OpenResponse", ImporterProto.OpenResponse.getDefaultInstance(), Chunk::decodeOpen,
                        chunk -> message(chunk, Chunk::openHead), chunk -> ImporterProto.OpenResponse.newBuilder()
                                .setChunk(Views.bytes(chunk))
                                .build(),
                        response -> response));
    }

    private static Stream<Subject<?, ?>> exporters() {
        return Stream.of(
                new Subject<>("ExportRequest", ExporterProto.ExportRequest.getDefaultInstance(), ExportRequest::decode,
                        ExportRequest::encode, Views::exportRequest, Rules::exportRequest),
                new Subject<>("ExportResponse", ExporterProto.ExportResponse.getDefaultInstance(),
                        ExportResponse::decode, ExportResponse::encode, Views::exportResponse, Rules::exportResponse));
    }

    private static Stream<Subject<?, ?>> stores() {
        return Stream.of(
                new Subject<>("store InitRequest", StoreProto.InitRequest.getDefaultInstance(),
                        StoreInitRequest::decode, StoreInitRequest::encode, Views::storeInitRequest,
                        request -> request),
                new Subject<>("store InitResponse", StoreProto.InitResponse.getDefaultInstance(),
                        StoreInitResponse::decode, StoreInitResponse::encode, Views::storeInitResponse,
                        Rules::storeInitResponse),
                new Subject<>("CreateRequest", StoreProto.CreateRequest.getDefaultInstance(), ConfigBytes::decode,
                        ConfigBytes::encode, bytes -> StoreProto.CreateRequest.newBuilder()
                                .setConfig(ByteString.copyFrom(bytes.config()))
                                .build(),
                        request -> request),
                new Subject<>("store OpenResponse", StoreProto.OpenResponse.getDefaultInstance(), ConfigBytes::decode,
                        ConfigBytes::encode, bytes -> StoreProto.OpenResponse.newBuilder()
                                .setConfig(ByteString.copyFrom(bytes.config()))
                                .build(),
                        response -> response),
                new Subject<>("ModeResponse", StoreProto.ModeResponse.getDefaultInstance(), ModeResponse::decode,
                        ModeResponse::encode, Views::modeResponse, Rules::modeResponse),
                new Subject<>("SizeResponse", StoreProto.SizeResponse.getDefaultInstance(), SizeResponse::decode,
                        SizeResponse::encode, size -> StoreProto.SizeResponse.newBuilder().setSize(size.size()).build(),
                        response -> response),
                new Subject<>("ListRequest", StoreProto.ListRequest.getDefaultInstance(), ListRequest::decode,
                        ListRequest::encode, Views::listRequest, Rules::listRequest),
                new Subject<>("ListResponse", StoreProto.ListResponse.getDefaultInstance(), ListResponse::decode,
                        ListResponse::encode, Views::listResponse, Rules::listResponse),
                new Subject<>("PutRequest", StoreProto.PutRequest.getDefaultInstance(), PutRequest::decode,
                        PutRequest::encode, Views::putRequest, Rules::putRequest),
                new Subject<>("PutResponse", StoreProto.PutResponse.getDefaultInstance(), PutResponse::decode,
                        PutResponse::encode, put -> StoreProto.PutResponse.newBuilder()
                                .setBytesWritten(put.bytesWritten())
                                .build(),
                        response -> response),
                new Subject<>("GetRequest", StoreProto.GetRequest.getDefaultInstance(), GetRequest::decode,
                        GetRequest::encode, Views::getRequest, Rules::getRequest),
                new Subject<>("GetResponse", StoreProto.GetResponse.getDefaultInstance(), Chunk::decodeGet,
                        chunk -> message(chunk, Chunk::getHead), chunk -> StoreProto.GetResponse.newBuilder()
                                .setChunk(Views.bytes(chunk))
                                .build(),
                        response -> response),
                new Subject<>("DeleteRequest", StoreProto.DeleteRequest.getDefaultInstance(), DeleteRequest::decode,
                        DeleteRequest::encode, Views::deleteRequest, Rules::deleteRequest));
    }

    /** The message that a sender of content puts on the wire: nothing for no content, otherwise head and body. */
    private static ByteBuffer message(ByteBuffer chunk, IntFunction<ByteBuffer> head) {
        if (!chunk.hasRemaining()) {
            return Empty.encode();
        }
        ByteBuffer first = head.apply(chunk.remaining());
        return ByteBuffer.allocate(first.remaining() + chunk.remaining()).put(first).put(chunk.duplicate()).flip();
    }
}
