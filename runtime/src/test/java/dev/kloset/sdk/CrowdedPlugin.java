package dev.kloset.sdk;

import dev.kloset.Connector;
import dev.kloset.ConnectorContext;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.ObjectMac;
import dev.kloset.Plugin;
import dev.kloset.Range;
import dev.kloset.RecordSink;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin process that keeps nothing in memory itself. While the host puts an object, its store reads it only once the file that
 * its location names exists; objects and contents are {@link Pattern}s.
 */
final class CrowdedPlugin {

    static final int OBJECT_BYTES = 300_000;
    static final int FILES = 1_024;
    static final int LISTED = 20_000;

    private CrowdedPlugin() {}

    public static void main(String[] args) {
        Entrypoint.run(args,
                Plugin.builder("crowded").importer("crowd", ManyFiles::new).storage("crowd", ManyObjects::new).build());
    }

    /** What its connectors share. */
    private abstract static class Named implements Connector {

        @Override
        public String origin() {
            return "o";
        }

        @Override
        public String type() {
            return "crowd";
        }

        @Override
        public String root() {
            return "/";
        }

        @Override
        public void close() {}
    }

    /** A source of many contents. */
    private static final class ManyFiles extends Named implements Importer {

        ManyFiles(ConnectorContext context) {}

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            for (int i = 0; i < FILES; i++) {
                int number = i;
                records.emit(FileRecord.file("/" + i, OBJECT_BYTES, Instant.EPOCH,
                        () -> new Pattern(number, OBJECT_BYTES)));
            }
        }
    }

    /** A store of patterns. */
    private static final class ManyObjects extends Named implements Store {

        private final Path gate;

        ManyObjects(StoreContext context) throws IOException {
            this.gate = Path.of(context.config().location().path());
        }

        @Override
        public void create(byte[] config) throws IOException {
            for (byte b : config) {
                if (b != 1) {
                    throw new IOException("a byte of the configuration is wrong");
                }
            }
        }

        @Override
        public byte[] open() {
            return new byte[0];
        }

        @Override
        public List<ObjectMac> list(StorageResource resource) {
            List<ObjectMac> macs = new ArrayList<>();
            for (int i = 0; i < LISTED; i++) {
                macs.add(Pattern.mac(i));
            }
            return macs;
        }

        @Override
        public long put(StorageResource resource, ObjectMac mac, InputStream data)
                throws IOException, InterruptedException {
            while (!Files.exists(gate)) {
                Thread.sleep(20);
            }
            Pattern expected = new Pattern(Pattern.number(mac), OBJECT_BYTES);
            byte[] buffer = new byte[1000];
            for (int count = data.read(buffer); count >= 0; count = data.read(buffer)) {
                if (!expected.continuesWith(buffer, 0, count)) {
                    throw new IOException("other bytes than were sent");
                }
            }
            if (!expected.isComplete()) {
                throw new IOException("less than was sent");
            }
            return OBJECT_BYTES;
        }

        @Override
        public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range) {
            return new Pattern(Pattern.number(mac), OBJECT_BYTES);
        }

        @Override
        public void delete(StorageResource resource, ObjectMac mac) {}
    }
}
