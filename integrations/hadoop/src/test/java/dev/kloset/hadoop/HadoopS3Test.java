package dev.kloset.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.Content;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.servers.MiniHdfs;
import dev.kloset.hadoop.servers.S3Server;
import dev.kloset.support.Sentence;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** S3 through jars that a user brings, as {@code library_dir}. Maven fetches them, so {@code -Dhadoop.s3=true} asks for this test. */
@EnabledIfSystemProperty(named = "hadoop.s3", matches = "true")
class HadoopS3Test {

    @TempDir
    private Path directory = Path.of("");

    private S3Server server;
    private Map<String, String> settings;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start(directory);
        server.bucket("lake");
        settings = Map.of("conf_dir", server.confDir().toString(), "library_dir", server.libraryDir().toString());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private Map<String, String> at(String path) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("location", "s3a://lake" + path);
        return all;
    }

    private static Restored tree() {
        Restored tree = Restored.nothing();
        for (int d = 0; d < 3; d++) {
            tree.put(FileRecord.of("/d" + d, FileInfo.directory("d" + d, Instant.EPOCH)));
            for (int i = 0; i < 10; i++) {
                tree.put(file("/d" + d + "/part " + i, "content " + i));
            }
        }
        return tree.put(file("/large", "large ".repeat(2_000_000))).put(file("/empty", ""));
    }

    private static FileRecord file(String path, String text) {
        FileInfo info = FileInfo.builder(Layout.name(path)).size(text.length()).mode(FileMode.regular(0640)).build();
        return FileRecord.file(path, info, Content.of(text));
    }

    /** {@return what a backup has below a directory, by the path from there} */
    private static SortedMap<String, String> view(Taken taken, String top) {
        SortedMap<String, String> view = new TreeMap<>();
        for (String path : taken.paths()) {
            if (path.startsWith(top + "/")) {
                view.put(path.substring(top.length()), taken.hasBytes(path) ? taken.text(path) : "directory");
            }
        }
        return view;
    }

    @Test
    void aTreeComesBackAndOnlyWhatIsAnotherIsReadAgain() throws Exception {
        tree().into(at("/source"));

        Taken taken = Taken.of(at("/source"));
        assertThat(taken.errors()).isEmpty();
        assertThat(view(taken, "/source")).hasSize(35)
                .containsEntry("/d1/part 3", "content 3")
                .containsEntry("/empty", "");
        assertThat(taken.next(at("/source")).opened()).containsExactly(Layout.POINT);
        Restored.nothing().put(file("/d1/part 3", "CONTENT 3")).into(at("/source"));
        assertThat(taken.next(at("/source")).opened()).containsExactlyInAnyOrder(Layout.POINT, "/source/d1/part 3");

        Restored.of(taken, "/source").into(at("/target"));
        assertThat(view(Taken.of(at("/target")), "/target")).isEqualTo(view(taken, "/source"));
        try (Hdfs hdfs = Hdfs.of(MiniHdfs.shared())) {
            Restored.of(taken, "/source").into(hdfs.settings("target", "owner", "skip"));
            assertThat(hdfs.view(hdfs.at("target"), false)).isEqualTo(view(taken, "/source"));
        }
    }

    @Test
    void withoutTheJarsTheSentenceSaysWhereTheyBelong() {
        Map<String, String> without = at("/source");
        without.remove("library_dir");

        assertThatThrownBy(() -> Taken.of(without)).satisfies(e -> assertThat(Sentence.of(e))
                .contains("cannot use s3a://lake", "S3AFileSystem not found; put its jars into library_dir"));
    }
}
