package dev.kloset.wire.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real pipes, which become larger. */
@EnabledOnOs(OS.LINUX)
class PipeGrowthTest {

    private static final int USUAL = 64 * 1024;
    private static final int MUCH = 100_000;

    @Test
    void aPipeBecomesLarger() throws Exception {
        Open open = Open.one();
        assertThat(open.room()).isEqualTo(USUAL);
        PipeSize.enlarge(open.descriptor());
        assertThat(open.room()).isEqualTo(PipeSize.BYTES - USUAL);
        PipeSize.enlarge(open.descriptor());
        assertThat(open.room()).isZero();
    }

    @Test
    void aDescriptorThatIsNoPipeStaysAsItIs(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("file");
        Files.writeString(file, "content");
        try (InputStream in = Files.newInputStream(file)) {
            PipeSize.enlarge(Open.descriptors(file.toString()).keySet().iterator().next());
            assertThat(in.readAllBytes()).hasSize(7);
        }
        PipeSize.enlarge(-1);
    }

    @Test
    void bothPipesGrowOnceTheyHaveCarriedMuch() throws Exception {
        Open first = Open.one();
        Open second = Open.one();
        PipeGrowth growth = new PipeGrowth(first.descriptor(), second.descriptor(), MUCH);
        OutputStream out = growth.out(OutputStream.nullOutputStream());
        InputStream in = growth.in(Channels.newInputStream(first.pipe().source()));
        out.write(new byte[MUCH - 1]);
        assertThat(first.room()).isEqualTo(USUAL);
        assertThat(in.read(new byte[1])).isEqualTo(1);
        first.awaitRoom(PipeSize.BYTES - USUAL);
        second.awaitRoom(PipeSize.BYTES);
    }

    /** A pipe and the number of its descriptor. */
    private record Open(Pipe pipe, int descriptor) {

        static Open one() throws IOException {
            Map<Integer, String> before = descriptors("pipe:");
            Pipe pipe = Pipe.open();
            pipe.sink().configureBlocking(false);
            Map<Integer, String> opened = descriptors("pipe:");
            opened.keySet().removeAll(before.keySet());
            assertThat(opened.values()).hasSize(2).containsOnly(opened.values().iterator().next());
            return new Open(pipe, opened.keySet().iterator().next());
        }

        static Map<Integer, String> descriptors(String prefix) throws IOException {
            Map<Integer, String> found = new HashMap<>();
            try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
                for (Path link : links.toList()) {
                    if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).toString().startsWith(prefix)) {
                        found.put(Integer.parseInt(link.getFileName().toString()),
                                Files.readSymbolicLink(link).toString());
                    }
                }
            }
            return found;
        }

        /** {@return how many bytes went in until it was full} */
        int room() throws IOException {
            int room = 0;
            int written = pipe.sink().write(ByteBuffer.allocate(4096));
            while (written > 0) {
                room += written;
                written = pipe.sink().write(ByteBuffer.allocate(4096));
            }
            return room;
        }

        void awaitRoom(int wanted) throws IOException {
            int room = 0;
            while (room < wanted) {
                room += room();
                Thread.onSpinWait();
            }
        }
    }
}
