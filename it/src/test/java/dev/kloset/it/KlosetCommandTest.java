package dev.kloset.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kloset.FileInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees of the command, with real processes. */
class KlosetCommandTest {

    @TempDir
    Path directory = Path.of("");

    private KlosetCommand kloset = new KlosetCommand(directory);

    @BeforeEach
    void packaged() {
        assumeTrue(KlosetCommand.isBuilt(), "run mvn verify: this needs the packaged modules");
        kloset = new KlosetCommand(directory);
    }

    @Test
    void optionsForEveryJavaReachNeitherTheCommandNorItsPlugins() throws Exception {
        for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
            kloset.with(variable, "-XX:+UseParallelGC -javaagent:/no/such/agent.jar");
        }
        KlosetCommand.Run run = kloset.run("ls", "files://" + Files.createDirectory(directory.resolve("source")));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
    }

    private Path madeTree() throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        Files.createDirectories(tree.resolve("deep/er/est"));
        Files.createDirectory(tree.resolve("empty"));
        Files.writeString(tree.resolve("hello.txt"), "hello\n");
        Files.writeString(tree.resolve("zero"), "");
        Files.writeString(tree.resolve("deep/er/päth with blank"), "text");
        Files.write(tree.resolve("deep/just-read-ahead"), bytes(256 * 1024 - 1));
        Files.write(tree.resolve("deep/not-read-ahead"), bytes(256 * 1024));
        Files.write(tree.resolve("deep/er/est/big"), bytes(5_000_000));
        for (int i = 0; i < 200; i++) {
            Files.writeString(tree.resolve("deep/er/est/" + i), "number " + i);
        }
        Files.createSymbolicLink(tree.resolve("link"), Path.of("deep/er"));
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("/nowhere/at all"));
        Files.createLink(tree.resolve("deep/hard"), tree.resolve("hello.txt"));
        Files.setPosixFilePermissions(tree.resolve("zero"), PosixFilePermissions.fromString("r--r-----"));
        Files.setLastModifiedTime(tree.resolve("empty"), FileTime.from(Instant.parse("2001-02-03T04:05:06.789Z")));
        Files.setPosixFilePermissions(tree.resolve("empty"), PosixFilePermissions.fromString("rwx------"));
        return tree;
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    /** {@return a description of everything below {@code root}: type, mode, time and content of every path} */
    private static Map<String, String> described(Path root) throws IOException {
        Map<String, String> described = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                FileInfo info = FileInfo.of(path);
                String content = info.mode().isSymlink()
                        ? Files.readSymbolicLink(path).toString()
                        : info.mode().isRegular()
                                ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                                : "";
                // Not every system can set the time of a link itself.
                Object time = info.mode().isSymlink() ? "" : info.modTime();
                described.put(root.relativize(path).toString(), info.mode() + " " + time + " " + content);
            }
        }
        return described;
    }

    @Test
    void aCopiedTreeIsEqual() throws Exception {
        Path tree = madeTree();
        Path copy = directory.resolve("copies/copy");
        KlosetCommand.Run run = kloset.run("copy", "files://" + tree, "files://" + copy);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Copied 207 files, 5 directories, 2 symbolic links; ")
                .endsWith("; 0 errors\n");
        assertThat(described(copy)).isEqualTo(described(tree));
    }

    @Test
    void aCopyReportsTheSameToPrograms() throws Exception {
        Path tree = madeTree();
        KlosetCommand.Run run = kloset.run("copy", "--json", "--concurrency=1", "--exclude=est", "files:tree",
                "files:copy");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("{\"source\":\"files:tree\",\"destination\":\"files:copy\",\"files\":6,")
                .contains("\"directories\":4,", "\"symlinks\":2,", "\"errors\":0,");
        Map<String, String> wanted = described(tree);
        wanted.keySet().removeIf(path -> path.startsWith("deep/er/est"));
        assertThat(described(directory.resolve("copy"))).isEqualTo(wanted);
    }

    @Test
    void aSingleFileAndALinkToADirectoryCanBeCopied() throws Exception {
        Path tree = madeTree();
        assertThat(kloset.run("copy", "files:tree/hello.txt", "files:one").exitCode()).isZero();
        assertThat(directory.resolve("one/hello.txt")).hasSameBinaryContentAs(tree.resolve("hello.txt"));
        assertThat(kloset.run("copy", "files:tree/link", "files:linked").exitCode()).isZero();
        assertThat(described(directory.resolve("linked"))).isEqualTo(described(tree.resolve("deep/er")));
    }

    @Test
    void recordsThatFailAreNamedAndTheRestIsCopied() throws Exception {
        Path tree = madeTree();
        Files.createDirectories(directory.resolve("copy/hello.txt/in the way"));
        KlosetCommand.Run run = kloset.run("copy", "files://" + tree, "files:copy");
        assertThat(run.exitCode()).isOne();
        assertThat(run.err().lines()).anySatisfy(line -> assertThat(line).startsWith("/hello.txt: "));
        assertThat(run.out()).contains("error");
        assertThat(directory.resolve("copy/deep/er/est/big")).hasSameBinaryContentAs(tree.resolve("deep/er/est/big"));
    }

    @Test
    void aFailureToRunIsOneSentence() throws Exception {
        kloset.run("ls", "nosuch:///x")
                .assertSentence(3,
                        "there is no importer for the protocol \"nosuch\": known protocols are files, hdfs, jdbc, kafka, s3a, "
                                + "swebhdfs, viewfs, webhdfs");
        kloset.run("copy", "files:///nonexistent", "files:never-made")
                .assertSentence(3, "plugin files (importer): no such file or directory: /nonexistent");
        assertThat(directory.resolve("never-made")).doesNotExist();
        kloset.run("ls", "--plugin", "/bin/true", "x:///")
                .assertSentence(3, "plugin true (importer) ended with exit status 0 and said nothing");
        Path talking = script("talking", "echo hello there; exec sleep 60");
        assertThat(kloset.run("ping", "--plugin", talking.toString(), "xx:///").err())
                .contains("plugin talking (importer)", "hello there")
                .hasLineCount(1);
        Path dying = script("dying", "echo 'cannot find my database' >&2; exit 7");
        kloset.run("ls", "--plugin", dying.toString(), "xx:///")
                .assertSentence(3,
                        "plugin dying (importer) ended with exit status 7 and said: cannot find my database");
    }

    @Test
    void aDestinationThatCannotBeMadeIsOneSentence() throws Exception {
        madeTree();
        Files.writeString(directory.resolve("file"), "in the way");
        KlosetCommand.Run run = kloset.run("copy", "files:tree", "files:file/below");
        assertThat(run.err()).startsWith("kloset: plugin files (exporter): ").hasLineCount(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(3);
    }

    private Path script(String name, String line) throws IOException {
        Path script = directory.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFailureCountsEvenIfTheSummaryIsNotRead() throws Exception {
        madeTree();
        Files.createDirectories(directory.resolve("copy/hello.txt/in the way"));
        Path shell = script("shell", "{ \"$1\" copy files:tree files:copy; echo $? >status; } | true; cat status");
        KlosetCommand.Run run = kloset.finish(kloset.startProgram(shell, KlosetCommand.script().toString()));
        assertThat(run.err()).startsWith("/hello.txt: ");
        assertThat(run.out()).isEqualTo("1\n");
    }

    @Test
    void theReasonWhyACopyCannotBeginIsJsonOnRequest() throws Exception {
        KlosetCommand.Run run = kloset.run("copy", "--json", "files:///nonexistent", "files:copy");
        assertThat(run.out()).isEqualTo("{\"source\":\"files:///nonexistent\",\"destination\":\"files:copy\","
                + "\"failure\":\"plugin files (importer): no such file or directory: /nonexistent\"}\n");
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void listingShowsEveryPath() throws Exception {
        madeTree();
        KlosetCommand.Run run = kloset.run("ls", "files:tree");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .anySatisfy(line -> assertThat(line).endsWith(" " + directory.resolve("tree/zero")))
                .anySatisfy(line -> assertThat(line).startsWith("l").endsWith("/tree/link -> deep/er"));
        assertThat(kloset.run("ls", "--json", "files:tree").out().lines())
                .anySatisfy(line -> assertThat(line).startsWith("{\"type\":\"file\"")
                        .contains("/deep/er/päth with blank\""));
    }

    @Test
    void aReaderThatStopsEarlyEndsTheListingQuietly() throws Exception {
        madeTree();
        Path shell = script("shell", "\"$1\" ls files:tree | head -n 1");
        Process process = kloset.startProgram(shell, KlosetCommand.script().toString());
        KlosetCommand.Run run = kloset.finish(process);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).hasLineCount(1);
    }

    @Test
    void aFileIsWrittenToStandardOutput() throws Exception {
        madeTree();
        assertThat(kloset.run("cat", "files:tree", "hello.txt").out()).isEqualTo("hello\n");
        assertThat(kloset.run("cat", "files:tree", directory.resolve("tree/hello.txt").toString()).out())
                .isEqualTo("hello\n");
        kloset.run("cat", "files:tree", "nope")
                .assertSentence(1, "files:tree has no file " + directory.resolve("tree/nope"));
        kloset.run("cat", "files:tree", "deep")
                .assertSentence(1, directory.resolve("tree/deep") + " is no file but a directory");
    }

    @Test
    void everyKindOfConnectorAnswersAPing() throws Exception {
        for (String type : new String[]{ "importer", "exporter", "storage" }) {
            KlosetCommand.Run run = kloset.run("ping", "--kind", type, "files://" + directory);
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).startsWith("files://" + directory + " answers: " + type + " of type files");
        }
    }

    @Test
    void aStoreKeepsObjects() throws Exception {
        Files.writeString(directory.resolve("config"), "the configuration");
        Files.writeString(directory.resolve("object"), "0123456789");
        String mac = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882";
        assertThat(kloset.run("store", "create", "files:repository", "--config", "config").exitCode()).isZero();
        assertThat(kloset.run("store", "put", "files:repository", "packfiles", "auto", "object").out())
                .isEqualTo(mac + "\n");
        assertThat(kloset.run("store", "ls", "files:repository").out()).isEqualTo("packfiles " + mac + "\n");
        assertThat(kloset.run("store", "get", "files:repository", "packfile", mac, "--range", "3:4").out())
                .isEqualTo("3456");
        assertThat(kloset.run("store", "get", "files:repository", "packfile", mac, "-f", "back").exitCode()).isZero();
        assertThat(directory.resolve("back")).hasContent("0123456789");
        assertThat(kloset.run("store", "stat", "files:repository", "--json").out())
                .contains("\"config\":17,\"packfiles\":1,\"states\":0,\"locks\":0");
        assertThat(kloset.run("store", "rm", "files:repository", "packfiles", mac).exitCode()).isZero();
        assertThat(kloset.run("store", "ls", "files:repository").out()).isEmpty();
        assertThat(kloset.run("store", "get", "files:repository", "packfile", mac).exitCode()).isEqualTo(3);
    }

    @Test
    void anUnbuiltCheckoutSaysWhatThisUserCanDo() throws Exception {
        Path checkout = Files.createDirectory(directory.resolve("checkout"));
        Path script = Files.copy(KlosetCommand.script(), checkout.resolve("kloset"),
                StandardCopyOption.COPY_ATTRIBUTES);
        kloset.finish(kloset.startProgram(script, "plugins"))
                .assertSentence(3, "is not built yet: start it once without KLOSET_NO_BUILD");

        Path second = Files.createDirectory(directory.resolve("read-only"));
        script = Files.copy(KlosetCommand.script(), second.resolve("kloset"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(second.resolve("pom.xml"));
        Files.createFile(second.resolve("cli")); // so that not even root can make a directory below it
        String sentence = "is not built yet, and you cannot write to " + second.resolve("cli/target")
                + ": let the owner of " + second + " start it once, or use a copy of your own";
        kloset.finish(kloset.startProgram(script, "plugins")).assertSentence(3, sentence);
        kloset.with("KLOSET_NO_BUILD", "");
        kloset.finish(kloset.startProgram(script, "plugins")).assertSentence(3, sentence);
    }

    @Test
    void ctrlCEndsACopyAndItsPlugins() throws Exception {
        Path started = directory.resolve("started");
        assertThat(new ProcessBuilder("mkfifo", started.toString()).start().waitFor()).isZero();
        Path endless = script("endless", "echo $$ >'" + started + "'; exec sleep 60");
        Process process = kloset.start("copy", "--plugin", endless.toString(), "xx:///", "yy:///");
        // Waits for the plugin to write it, on a thread of its own, because waiting for a pipe without a writer cannot be
        // interrupted.
        String said = CompletableFuture.supplyAsync(() -> read(started)).get(120, TimeUnit.SECONDS);
        long pid = Long.parseLong(said.strip());
        ProcessHandle plugin = ProcessHandle.of(pid).orElseThrow();
        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor()).isZero();
        KlosetCommand.Run run = kloset.finish(process);
        run.assertSentence(130, "interrupted");
        plugin.onExit().get(120, TimeUnit.SECONDS);
    }

    @Test
    void bothPluginsOfACopySayWhatTheyDid() throws Exception {
        Path tree = madeTree();
        KlosetCommand.Run run = kloset.run("copy", "--stats", "files://" + tree,
                "files://" + directory.resolve("copy"));
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).containsPattern("files \\(importer\\): stats: files importer, process \\d+, ")
                .containsPattern("files \\(importer\\): stats: {3}\\d+ contents to the host, \\d{7} bytes, ")
                .containsPattern("files \\(exporter\\): stats: files exporter, process \\d+, ")
                .containsPattern("files \\(exporter\\): stats: {3}\\d+ contents from the host, \\d{7} bytes, ");
        assertThat(kloset.run("ls", "--stats", "files://" + tree).err())
                .containsPattern("files \\(importer\\): stats: {3}\\d+ records, \\d+ results\n");
    }
}
