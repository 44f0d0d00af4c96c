package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorResult;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.hadoop.servers.MiniHdfs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is read in several ranges at once, of more blocks than a range has. */
class HadoopLargeFileTest {

    private static final int BLOCK = 4 << 20;
    /** Above the 256 MiB from which on there are ranges, and no multiple of a range. */
    private static final long SIZE = (300L << 20) + 12_345;

    @TempDir
    private Path directory = Path.of("");

    private static long write(OutputStream out) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        CRC32C checksum = new CRC32C();
        byte[] bytes = new byte[1 << 20];
        for (long left = SIZE; left > 0; left -= bytes.length) {
            random.nextBytes(bytes);
            int length = (int) Math.min(left, bytes.length);
            out.write(bytes, 0, length);
            checksum.update(bytes, 0, length);
        }
        return checksum.getValue();
    }

    private static long checksum(InputStream in) throws IOException {
        try (CheckedInputStream checked = new CheckedInputStream(in, new CRC32C())) {
            checked.transferTo(OutputStream.nullOutputStream());
            return checked.getChecksum().getValue();
        }
    }

    private FileRecord backUp(Map<String, String> settings, Path copy) throws Exception {
        AtomicReference<FileRecord> file = new AtomicReference<>();
        try (Importer importer = Taken.importer(settings)) {
            importer.importRecords((record, onResult) -> {
                if (record instanceof FileRecord found && found.pathname().endsWith("/large")) {
                    try (InputStream in = found.content().orElseThrow().open()) {
                        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                    }
                    file.set(found);
                }
                onResult.accept(ConnectorResult.ok(record));
            });
        }
        return Objects.requireNonNull(file.get(), "the file was not backed up");
    }

    @Test
    void comesBackByteForByte() throws Exception {
        try (Hdfs hdfs = Hdfs.of(MiniHdfs.shared())) {
            long checksum;
            try (OutputStream out = hdfs.files.create(hdfs.at("source/large"), true, 1 << 16, (short) 1, BLOCK)) {
                checksum = write(out);
            }
            Path copy = directory.resolve("copy");

            FileRecord file = backUp(hdfs.settings("source"), copy);
            assertThat(file.info().size()).isEqualTo(SIZE).isEqualTo(Files.size(copy));
            assertThat(checksum(Files.newInputStream(copy))).isEqualTo(checksum);

            Restored.nothing()
                    .put(FileRecord.file("/large", file.info(), () -> Files.newInputStream(copy)))
                    .into(hdfs.settings("target"));
            FileStatus restored = hdfs.files.getFileStatus(hdfs.at("target/large"));
            assertThat(restored.getLen()).isEqualTo(SIZE);
            assertThat(restored.getModificationTime()).isEqualTo(file.info().modTime().toEpochMilli());
            assertThat(checksum(hdfs.files.open(restored.getPath()))).isEqualTo(checksum);
        }
    }
}
