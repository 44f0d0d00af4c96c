package dev.kloset.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BulkStreamTest {

    @Test
    void singleBytesAreUnsignedAndEnd() throws IOException {
        InputStream bytes = new ByteArrayInputStream(new byte[]{ 0, -1 });
        try (InputStream stream = new BulkStream() {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return bytes.read(buffer, offset, length);
            }
        }) {
            assertThat(new int[]{ stream.read(), stream.read(), stream.read() }).containsExactly(0, 255, -1);
        }
    }
}
