package dev.kloset.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnceClosedStreamTest {

    private final List<Boolean> closed = new ArrayList<>();

    private InputStream stream(InputStream in) {
        return new OnceClosedStream(in) {
            @Override
            protected void closed(boolean well) {
                closed.add(well);
            }
        };
    }

    @Test
    void onlyTheFirstCloseCounts() throws IOException {
        InputStream stream = stream(new ByteArrayInputStream(new byte[1]));
        stream.close();
        stream.close();

        assertThat(closed).containsExactly(true);
    }

    @Test
    void aCloseThatFailsCountsToo() throws IOException {
        InputStream stream = stream(new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public void close() throws IOException {
                throw new IOException("broken");
            }
        });
        assertThatThrownBy(stream::close).hasMessage("broken");
        stream.close();

        assertThat(closed).containsExactly(false);
    }
}
