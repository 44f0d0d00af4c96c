package dev.kloset.kafka.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of records come back as they were written, or are refused. */
class KrecTest {

    private static final WindowHeader WINDOW = new WindowHeader("orders", Records.ID, 2, 65_536, 65_536);
    private static final long LIMIT = 1000;
    private static final int ROUNDS = 100;
    /** Of {@link #WINDOW}: magic, topic with its length, id, partition, start, size, checksum. */
    private static final int HEADER_BYTES = 5 + 7 + 16 + 1 + 3 + 3 + 4;

    private static List<ConsumerRecord<byte[], byte[]>> some() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", new byte[]{ 7 });
        headers.add("h", null);
        headers.add("", new byte[0]);
        return List.of(Records.of(65_536, 1_000, "k", "value"), Records.of(65_539, 999, null, ""),
                Records.of(65_540, 999, TimestampType.LOG_APPEND_TIME, new byte[0], null, headers),
                Records.of(131_071, -1, TimestampType.NO_TIMESTAMP_TYPE, null, null, new RecordHeaders()));
    }

    @Test
    void theBytesOfFormatOneStay() throws Exception {
        assertThat(HexFormat.ofDelimiter(" ").formatHex(Records.file(WINDOW, some()))).isEqualTo(
                "4b 52 45 43 01 06 6f 72 64 65 72 73 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 02 80 80 04 80 80 04 "
                        + "a3 00 09 a0 07 00 d0 0f 01 6b 05 76 61 6c 75 65 05 02 01 00 1b 00 00 00 03 01 68 02 07 01 68 00 00 01 "
                        + "21 fa ff 03 cf 0f 00 04 05 26 f7 ae");
    }

    @Test
    void everythingOfARecordComesBack() throws Exception {
        assertThat(Records.texts(Records.read(Records.file(WINDOW, some())))).isEqualTo(Records.texts(some()))
                .contains("65540 LogAppendTime 999 [] null h=[7] h=null =[]");
        KrecReader reader = new KrecReader(new ByteArrayInputStream(Records.file(WINDOW, some())), LIMIT);
        assertThat(reader.window()).isEqualTo(WINDOW);
    }

    @Test
    void arbitraryRecordsComeBackAndHaveTheSameBytesAgain() throws Exception {
        for (long seed = 0; seed < ROUNDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long size = 1L << random.nextInt(20);
            WindowHeader window = new WindowHeader("t-" + seed, Records.ID, random.nextInt(Integer.MAX_VALUE),
                    size * random.nextInt(1000), size);
            List<ConsumerRecord<byte[], byte[]>> records = Records.arbitrary(random, window);

            byte[] file = Records.file(window, records);

            List<ConsumerRecord<byte[], byte[]>> read = Records.read(file);
            assertThat(Records.texts(read)).as("seed %s", seed).isEqualTo(Records.texts(records));
            assertThat(Records.file(window, read)).as("seed %s", seed).isEqualTo(file);
        }
    }

    @Test
    void aFileThatEndsEarlyIsAnErrorWhereverItEnds() throws Exception {
        byte[] file = Records.file(WINDOW, some());
        for (int length = 0; length < file.length; length++) {
            byte[] part = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> Records.read(part)).as("%s bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("it is not complete");
        }
    }

    @Test
    void everyChangedBitIsAnError() throws Exception {
        byte[] file = Records.file(WINDOW, some());
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] changed = file.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Records.read(changed)).as("bit %s", bit).isInstanceOf(IOException.class);
        }
    }

    @Test
    void arbitraryBytesBehindAHeaderAreAnErrorAndNothingWorse() throws Exception {
        byte[] file = Records.file(WINDOW, List.of());
        for (long seed = 0; seed < ROUNDS; seed++) {
            byte[] noise = new byte[200];
            new SplittableRandom(seed).nextBytes(noise);
            byte[] hostile = Arrays.copyOf(file, HEADER_BYTES + noise.length);
            System.arraycopy(noise, 0, hostile, HEADER_BYTES, noise.length);
            assertThatThrownBy(() -> Records.read(hostile)).as("seed %s", seed).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatFollowsTheEndIsAnError() throws Exception {
        byte[] file = Records.file(WINDOW, some());
        assertThatThrownBy(() -> Records.read(Arrays.copyOf(file, file.length + 1)))
                .hasMessageContaining("something follows its end");
    }

    @Test
    void aWrongCountIsAnErrorThoughItsChecksumIsRight() throws Exception {
        byte[] file = Records.file(WINDOW, List.of());
        file[HEADER_BYTES + 1] = 1;
        CRC32C sum = new CRC32C();
        sum.update(file, 0, HEADER_BYTES + 2);
        for (int i = 0; i < 4; i++) {
            file[HEADER_BYTES + 2 + i] = (byte) (sum.getValue() >>> 24 - 8 * i);
        }
        assertThatThrownBy(() -> Records.read(file)).hasMessageContaining(
                "topic orders, partition 2, window 65536: it has 0 records, and says that it had 1");
    }

    @ParameterizedTest
    @CsvSource({
        // A key, then a value, then the number of headers, then the length of one, of more than there may be.
        "03 00 00 e9 07, 65536", "05 00 00 ff ff ff ff 07, 65536", "05 01 00 ff ff ff ff ff ff ff ff ff 01, 65537",
        "09 00 00 ff ff ff ff 07, 65536", "09 00 00 01 00 ff ff ff ff ff 07, 65536" })
    void aLengthThatNoMemoryIsThereForIsRefused(String record, long offset) throws Exception {
        byte[] header = Arrays.copyOf(Records.file(WINDOW, List.of()), HEADER_BYTES);
        byte[] hostile = HexFormat.ofDelimiter(" ").parseHex(record);
        InputStream in = new InputStream() {
            private int at;

            @Override
            public int read() {
                int now = at++;
                int of = now - header.length;
                return of < 0 ? header[now] & 0xFF : of < hostile.length ? hostile[of] & 0xFF : 0;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    buffer[offset + i] = (byte) read();
                }
                return length;
            }
        };
        KrecReader reader = new KrecReader(in, LIMIT);
        assertThatThrownBy(reader::next).isInstanceOf(IOException.class)
                .hasMessageContaining("the record at offset " + offset + " has more than 1000 bytes");
    }

    @Test
    void aLargeRecordGoesThroughAndNoBufferKeepsIt() throws Exception {
        byte[] value = new byte[30 << 20];
        new SplittableRandom(1).nextBytes(value);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(some());
        records.set(1, Records.of(65_537, 0, TimestampType.CREATE_TIME, null, value, new RecordHeaders()));
        records.set(2, Records.of(65_538, 0, "k", "v"));

        List<ConsumerRecord<byte[], byte[]>> read = Records.read(Records.file(WINDOW, records));

        assertThat(read.get(1).value()).isEqualTo(value);
        assertThat(Records.text(read.get(2))).isEqualTo(Records.text(records.get(2)));
    }

    @Test
    void recordsThatAreNotOfTheWindowOrNotInOrderAreRefused() throws Exception {
        KrecWriter writer = new KrecWriter(new ByteArrayOutputStream(), WINDOW);
        writer.add(Records.of(65_540, 0, "k", "v"));
        for (long offset : new long[]{ 65_535, 65_540, 131_072 }) {
            assertThatThrownBy(() -> writer.add(Records.of(offset, 0, "k", "v")))
                    .hasMessage("offset " + offset
                            + " cannot follow here: topic orders, partition 2, window 65536 goes on at 65541");
        }
        assertThat(writer.count()).isEqualTo(1);
    }

    @Test
    void aFileOfAnotherFormatSaysSo() throws Exception {
        byte[] file = Records.file(WINDOW, some());
        file[4] = 2;
        assertThatThrownBy(() -> Records.read(file)).hasMessageContaining("format 2", "newer version");
        assertThatThrownBy(() -> Records.read("PK\3\4 and more".getBytes(UTF_8)))
                .hasMessageContaining("no file of Kafka's records");
    }
}
