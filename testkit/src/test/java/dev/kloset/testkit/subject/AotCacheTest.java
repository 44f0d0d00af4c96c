package dev.kloset.testkit.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCacheTest {

    @TempDir
    Path directory;

    /** Ends at once. */
    static final class Brief {
        private Brief() {}

        public static void main(String[] args) {
            // The classes of the JVM itself are enough.
        }
    }

    @Test
    void classesOfTheClassPathComeFromTheCache() throws Exception {
        assertThat(loadedBy(AotCache.of(Brief.class.getName()), Brief.class))
                .filteredOn(each -> each.contains(Brief.class.getName() + " "))
                .singleElement()
                .asString()
                .contains("source: shared objects file");
    }

    /** Loads a class only if it has an argument. */
    static final class Talkative {
        private Talkative() {}

        public static void main(String[] args) {
            if (args.length > 0) {
                Spoken.say();
            }
        }
    }

    /** Loaded on demand. */
    static final class Spoken {
        private Spoken() {}

        static void say() {
            // That it is loaded is enough.
        }
    }

    @Test
    void whatASessionLoadsComesFromTheCache() throws Exception {
        MainSubject subject = new MainSubject(Talkative.class.getName(), List.of("a word"));
        subject.rehearse(recording -> awaitEnd(recording.start()));
        assertThat(loadedBy(AotCache.of(Talkative.class.getName()), Talkative.class, "a word"))
                .filteredOn(each -> each.contains(Spoken.class.getName() + " "))
                .singleElement()
                .asString()
                .contains("source: shared objects file");
    }

    private static void awaitEnd(Peer peer) throws IOException {
        try {
            assertThat(peer.awaitEnd(Duration.ZERO)).as("it may take its time").isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static List<String> loadedBy(AotCache cache, Class<?> mainClass, String... args) throws IOException {
        List<String> line = new ArrayList<>(cache.options());
        line.addAll(List.of("-Xlog:class+load:stdout", mainClass.getName()));
        line.addAll(List.of(args));
        Process process = ProcessSubject.java(line).builder().redirectError(ProcessBuilder.Redirect.DISCARD).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void itIsMadeOnce() throws Exception {
        assertThat(AotCache.of(Brief.class.getName())).isSameAs(AotCache.of(Brief.class.getName()));
    }

    @Test
    void aJarHasWhatTheDirectoryHasAndOtherEntriesStay() throws Exception {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Files.createDirectory(classes.resolve("empty"));
        Files.createDirectory(classes.resolve("sub"));
        Files.writeString(classes.resolve("sub/file"), "content");
        Path jars = Files.createDirectory(directory.resolve("jars"));

        List<String> entries = List.of(new ClassPathJars(jars)
                .of(String.join(File.pathSeparator, "some.jar", classes.toString(), "no such entry", ""))
                .split(File.pathSeparator, -1));

        assertThat(entries).hasSize(4).contains("some.jar", "no such entry", "");
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + Path.of(entries.get(1)).toUri()),
                Map.of())) {
            assertThat(jar.getPath("/empty")).isEmptyDirectory();
            assertThat(jar.getPath("/sub/file")).hasContent("content");
        }
    }

    @Test
    void javaStartsWithoutWhereACopyOfTheClassesWouldBeTooLarge() throws Exception {
        try (RandomAccessFile large = new RandomAccessFile(directory.resolve("large").toFile(), "rw")) {
            large.setLength((64 << 20) + 1);
        }
        assertThat(AotCache.trained(Brief.class.getName(), directory.toString()).options())
                .containsSequence("-cp", directory.toString())
                .noneMatch(option -> option.contains("Cache="));
    }

    @Test
    void aDirectoryThatCannotBeReadIsReportedAsSuch() throws Exception {
        Path classes = directory.resolve("classes");
        Path closed = Files.createDirectories(classes.resolve("closed"));
        Files.setPosixFilePermissions(closed, Set.of());
        Assumptions.assumeFalse(Files.isReadable(closed), "needs a user who may not read everything");
        Path jars = Files.createDirectory(directory.resolve("jars"));
        assertThatThrownBy(() -> new ClassPathJars(jars).of(classes.toString()))
                .isInstanceOf(AccessDeniedException.class);
    }
}
