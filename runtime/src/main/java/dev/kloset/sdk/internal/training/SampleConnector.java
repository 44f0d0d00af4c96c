package dev.kloset.sdk.internal.training;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.ObjectMac;
import dev.kloset.Plugin.Kind;
import dev.kloset.Range;
import dev.kloset.RecordSink;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.sdk.internal.log.HostContext;
import dev.kloset.sdk.internal.service.Services;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands in for a connector that a training must not touch: remembers nothing, answers plausibly. */
final class SampleConnector implements Importer, Exporter, Store {

    private static final int FILES = 20; // enough for some to be read ahead
    private static final byte[] OBJECT = new byte[100];

    static Services services(Kind kind) {
        return switch (kind) {
            case IMPORTER -> Services.importer(_ -> new SampleConnector(), new HostContext());
            case EXPORTER -> Services.exporter(_ -> new SampleConnector(), new HostContext());
            case STORAGE -> Services.storage(_ -> new SampleConnector(), new HostContext());
        };
    }

    @Override
    public String origin() {
        return "localhost";
    }

    @Override
    public String type() {
        return "sample";
    }

    @Override
    public String root() {
        return "/";
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        records.emit(FileRecord.of("/", FileInfo.directory("/", Instant.EPOCH)));
        Content content = Content.of(OBJECT).withReadAhead();
        for (int i = 0; i < FILES; i++) {
            records.emit(FileRecord.file("/file" + i, OBJECT.length, Instant.EPOCH, content));
        }
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        records.forEach(results, SampleConnector::read);
    }

    private static void read(ConnectorRecord record) throws IOException {
        if (record instanceof FileRecord file && file.content().isPresent()) {
            try (InputStream content = file.content().get().open()) {
                content.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    @Override
    public void create(byte[] config) {}

    @Override
    public byte[] open() {
        return OBJECT.clone();
    }

    @Override
    public List<ObjectMac> list(StorageResource resource) {
        return List.of(ObjectMac.of(new byte[ObjectMac.BYTES]));
    }

    @Override
    public long put(StorageResource resource, ObjectMac mac, InputStream data) throws IOException {
        return data.transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range) throws IOException {
        InputStream whole = new ByteArrayInputStream(OBJECT);
        return range == null ? whole : range.of(whole);
    }

    @Override
    public void delete(StorageResource resource, ObjectMac mac) {}

    @Override
    public void close() {}
}
