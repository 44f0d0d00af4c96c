package dev.kloset.files.restore;

import static dev.kloset.files.restore.RestoreScript.info;
import static dev.kloset.files.restore.RestoreScript.posix;
import static dev.kloset.files.restore.RestoreScript.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorConfig;
import dev.kloset.ConnectorContext;
import dev.kloset.Content;
import dev.kloset.ErrorRecord;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.LocationFlag;
import dev.kloset.Options;
import dev.kloset.XattrRecord;
import dev.kloset.files.ByteByByte;
import dev.kloset.files.ChildJvm;
import dev.kloset.files.Said;
import dev.kloset.files.posix.OwnerNumbers;
import dev.kloset.files.posix.RestoreNative;
import dev.kloset.files.restore.node.RestoreMetadata;
import dev.kloset.files.restore.node.RestoreOwners;
import dev.kloset.files.restore.node.RestoreTree;
import dev.kloset.files.restore.node.RestoredFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesExporterTest {

    private static final int ROOT_UID = 0;

    @TempDir
    Path base;

    @Test
    void reportsItsOriginTypeAndRoot() throws Exception {
        FilesExporter exporter = exporter(Map.of("location", "files:///x/../y/"));
        assertThat(exporter.type()).isEqualTo("files");
        assertThat(exporter.origin()).isEqualTo("machine");
        assertThat(exporter.root()).isEqualTo("/y");
        assertThat(exporter.flags()).containsExactlyInAnyOrder(LocationFlag.LOCALFS, LocationFlag.EXPORTXATTR);
    }

    @Test
    void aRelativeLocationIsBelowTheDirectoryOfTheUser() throws Exception {
        assertThat(exporter(Map.of("location", "files://a/b")).root()).isEqualTo("/home/user/a/b");
        assertThat(exporter(Map.of("location", "files://.")).root()).isEqualTo("/home/user");
    }

    @Test
    void unknownSettingsAreRefused() throws Exception {
        exporter(Map.of("location", "files:///x", "dry_run", "true"));
        assertThatThrownBy(() -> exporter(Map.of("location", "files:///x", "dryrun", "true")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("there is no setting \"dryrun\"; did you mean \"dry_run\"?");
        assertThatThrownBy(() -> exporter(Map.of("location", "files:///x", "dry_run", "yes")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("the setting \"dry_run\" must be true or false");
    }

    @Test
    void pingAcceptsAPathThatCanBecomeADirectory() throws Exception {
        Path file = Files.createFile(base.resolve("file"));
        exporter(at(base)).ping();
        exporter(at(base.resolve("new"))).ping();
        assertThatThrownBy(() -> exporter(at(file)).ping()).hasMessage(file + " is not a directory");
    }

    @Test
    void restoresATree() throws Exception {
        Path root = base.resolve("root");
        RestoreScript script = new RestoreScript().directory("/", 0755).directory("/d", 0755).file("/d/f", "content");
        exporter(at(root)).exportRecords(script, script);
        assertThat(script.errors()).isEmpty();
        assertThat(root.resolve("d/f")).hasContent("content");
    }

    @Test
    void aDryRunWritesNothingAndReportsEverything() throws Exception {
        Path root = base.resolve("root");
        RestoreScript script = new RestoreScript().directory("/", 0755)
                .file("/f", "content")
                .symlink("/l", "/etc")
                .file("/l/passwd", "x")
                .file("/f/below", "x")
                .add(FileRecord.of("/p", info("/p").mode(posix(0010644)).build()))
                .add(new ErrorRecord("/e", "was unreadable"));
        Said said = new Said();
        new RestoreRehearsal(root, new RestoreMetadata(false, false, new RestoreOwners(new OwnerNumbers(true), false)),
                false, script, said)
                .rehearse(script);
        assertThat(said.lines()).containsExactly("would make the directory " + root,
                "would restore the file " + root + "/f (7 bytes)",
                "would make the symbolic link " + root + "/l to /etc",
                "would restore the file " + root + "/f/below (1 bytes)", "would make the pipe " + root + "/p",
                "dry run, nothing was written: would restore 1 directories, 3 files (8 bytes) and 1 symbolic links to "
                        + root + "; KLOSET_LOG=debug lists them");
        assertThat(script.opened()).isEmpty();
        assertThat(script.resultCount()).isEqualTo(7);
        assertThat(script.errors()).containsOnlyKeys("/l/passwd");
        assertThat(script.result("/l/passwd"))
                .isEqualTo("cannot restore /l/passwd: \"l\" on the way is a symbolic link");
        assertThat(root).doesNotExist();
    }

    @Test
    void aDryRunSeesWhatIsInTheWay() throws Exception {
        Files.createSymbolicLink(base.resolve("l"), Path.of("/etc"));
        Files.createFile(base.resolve("f"));
        Files.createFile(Files.createDirectory(base.resolve("d")).resolve("kept"));
        RestoreScript script = new RestoreScript().directory("/", 0700)
                .file("/d", "x")
                .symlink("/nowhere", "")
                .add(FileRecord.file("/nobody", info("/nobody").uid(-1).build(), () -> InputStream.nullInputStream()))
                .add(XattrRecord.of("/d", "system.other", Content.of("")))
                .file("/l/passwd", "x")
                .file("/f/x", "x")
                .directory("/l", 0755)
                .directory("/f", 0755)
                .file("/", "x");
        dryRun(base).exportRecords(script, script);
        assertThat(script.result("/l/passwd")).endsWith("\"l\" on the way is a symbolic link");
        assertThat(script.result("/f/x")).endsWith("\"f\" on the way is not a directory");
        assertThat(script.result("/d")).isEqualTo(
                "cannot restore /d: a directory that is not empty is in its place; with replace_directories it would be removed | "
                        + "cannot restore /d: attributes that begin with system. are not set, so not system.other");
        assertThat(script.result("/nowhere")).endsWith("the symbolic link has no target");
        assertThat(script.result("/nobody"))
                .isEqualTo("restored /nobody, but its owner -1 could not be set: there is no such number");
        assertThat(script.result("/l")).isEqualTo("ok");
        assertThat(script.result("/f")).isEqualTo("ok");
        assertThat(script.result("/")).isEqualTo("ok | cannot restore /: the root of a restore must be a directory");
        RestoreScript again = new RestoreScript().file("/d", "x");
        Map<String, String> settings = new HashMap<>(at(base));
        settings.putAll(Map.of("dry_run", "true", "replace_directories", "true"));
        exporter(settings).exportRecords(again, again);
        assertThat(again.errors()).isEmpty();
        assertThat(base.resolve("d/kept")).exists();
        assertThatThrownBy(() -> dryRun(base.resolve("f")).exportRecords(script, script))
                .hasMessage("cannot restore to " + base + "/f: it is not a directory");
    }

    @Test
    void aKilledRestoreLeavesNothing() throws Exception {
        try (ChildJvm child = ChildJvm.start(EndlessRestore.class, base.toString())) {
            assertThat(child.line()).isEqualTo("writing");
            assertThat(names()).isEmpty();
            child.kill();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void theNextRestoreSweepsWhatAKilledOneLeftWhereFilesAlwaysHaveNames() throws Exception {
        try (ChildJvm child = ChildJvm.start(EndlessRestore.class, base.toString(), "named")) {
            assertThat(child.line()).isEqualTo("writing");
            assertThat(names()).anyMatch(name -> name.startsWith(FilesExporter.TEMPORARY_PREFIX)).doesNotContain("big");
            restoreOneFile();
            assertThat(names()).anyMatch(name -> name.startsWith(FilesExporter.TEMPORARY_PREFIX));
            child.kill();
        }
        restoreOneFile();
        assertThat(names()).containsExactly("small");
    }

    private void restoreOneFile() throws Exception {
        RestoreScript script = new RestoreScript().directory("/", 0755).file("/small", "x");
        exporter(at(base)).exportRecords(script, script);
        assertThat(script.errors()).isEmpty();
    }

    /** A process that restores an endless file, and reports when the first bytes are there. */
    static final class EndlessRestore {
        public static void main(String[] args) throws Exception {
            RestoreScript script = new RestoreScript().file(info("/big"), "/big", () -> new ByteByByte(position -> {
                if (position == 1_000_000) {
                    ChildJvm.report("writing");
                    LockSupport.park();
                }
                return 'x';
            }));
            RestoreNative calls = Objects.requireNonNull(RestoreNative.instance());
            RestoreTree tree = RestoreTree.open(Path.of(args[0]),
                    args.length > 1 ? calls.withoutUnnamedFiles() : calls);
            try (RestoreRun run = new RestoreRun(tree,
                    new RestoreMetadata(false, false, new RestoreOwners(new OwnerNumbers(true), false)),
                    new RestoredFiles(false), script, 4)) {
                run.restore(script);
            }
        }
    }

    private List<String> powerless(String... settings) throws Exception {
        // Without capabilities, even root cannot give files away, but can still read the classes to run.
        List<String> wrapper = new ArrayList<>(uid(base) == ROOT_UID
                ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all")
                : List.of());
        wrapper.addAll(List.of("sh", "-c", "exec \"$@\" 2>&1", "sh"));
        List<String> arguments = new ArrayList<>(List.of(base.toString()));
        arguments.addAll(List.of(settings));
        try (ChildJvm child = ChildJvm.start(wrapper, PowerlessRestore.class, arguments.toArray(String[]::new))) {
            List<String> lines = child.lines();
            assertThat(child.await()).isZero();
            return lines;
        }
    }

    @Test
    void withoutRightsFilesStayWithTheUserAndOneLineReportsIt() throws Exception {
        List<String> lines = powerless();
        assertThat(lines).contains("/ ok", "/d ok", "/d/f ok", "/d/l ok", "/d/s ok", "/d/unknown ok", "/closed ok",
                "/closed/f ok")
                .filteredOn(line -> line.contains("owner"))
                .singleElement()
                .asString()
                .endsWith(
                        "4 files could not be given to their owners: they belong to the user of this restore, without setuid "
                                + "and setgid, because only root may give files away, and not on every file system");
        assertThat(base.resolve("d/f")).hasContent("content");
        assertThat(Files.getAttribute(base.resolve("d/s"), "unix:mode")).isEqualTo(0100755);
    }

    @Test
    void withoutRightsARequiredOwnerIsASentenceAndTheFileExists() throws Exception {
        List<String> lines = powerless("require_owners", "true");
        String owner = "its owner 12345 could not be set: operation not permitted; "
                + "its group 54321 could not be set: operation not permitted";
        assertThat(lines).containsExactly("/ ok", "/d restored /d, but " + owner, "/d/f restored /d/f, but " + owner,
                "/d/l restored /d/l, but " + owner, "/d/s restored /d/s, but " + owner
                        + "; without setuid, because it now belongs to another user",
                "/d/unknown ok", "/closed ok", "/closed/f ok");
        assertThat(base.resolve("d/f")).hasContent("content");
        assertThat(Files.getAttribute(base.resolve("d/s"), "unix:mode")).isEqualTo(0100755);
        assertThat(Files.isSymbolicLink(base.resolve("d/l"))).isTrue();
        Files.setAttribute(base.resolve("closed"), "unix:mode", 0700);
        assertThat(base.resolve("closed/f")).hasContent("content");
    }

    /** A process that may not change owners. */
    static final class PowerlessRestore {
        public static void main(String[] args) throws Exception {
            Path root = Path.of(args[0]);
            Files.createDirectory(root.resolve("closed"));
            Files.setAttribute(root.resolve("closed"), "unix:mode", 0400);
            var script = new RestoreScript().directory("/", 0755)
                    .add(FileRecord.of("/d", info("/d").mode(posix(0040555)).uid(12345).gid(54321).build()))
                    .file(info("/d/f").uid(12345).gid(54321).mode(posix(0400)), "/d/f", () -> text("content"))
                    .add(FileRecord.symlink("/d/l",
                            info("/d/l").mode(FileMode.symlink()).uid(12345).gid(54321).build(), "x"))
                    .file(info("/d/s").uid(12345).gid(54321).mode(posix(04755)), "/d/s", () -> text("content"))
                    .file("/d/unknown", "content")
                    .directory("/closed", 0)
                    .file("/closed/f", "content");
            Map<String, String> settings = new HashMap<>(at(root));
            for (int i = 1; i < args.length; i += 2) {
                settings.put(args[i], args[i + 1]);
            }
            exporter(settings).exportRecords(script, script);
            for (String path : List.of("/", "/d", "/d/f", "/d/l", "/d/s", "/d/unknown", "/closed", "/closed/f")) {
                ChildJvm.report(path + " " + script.result(path));
            }
        }
    }

    @Test
    void namesComeBackInAPoorLocaleToo() throws Exception {
        List<String> lines;
        try (ChildJvm child = ChildJvm.start(List.of("env", "LC_ALL=C"), PoorLocaleRestore.class, base.toString())) {
            lines = child.lines();
        }
        assertThat(lines).containsExactly("ok", "ok", "ok");
        assertThat(names()).containsExactlyInAnyOrder("l", "\u00e9", "d\u00e9");
        assertThat(Files.readSymbolicLink(base.resolve("l"))).hasToString("\u00e9");
    }

    /** A process whose locale has only ASCII. */
    static final class PoorLocaleRestore {
        public static void main(String[] args) throws Exception {
            var script = new RestoreScript().symlink("/l", "\u00e9")
                    .file("/\u00e9", "x")
                    .directory("/d\u00e9", 0755);
            exporter(at(Path.of(args[0]))).exportRecords(script, script);
            for (String path : List.of("/l", "/\u00e9", "/d\u00e9")) {
                ChildJvm.report(script.result(path));
            }
        }
    }

    private static int uid(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static Map<String, String> at(Path root) {
        return Map.of("location", "files://" + root);
    }

    private static FilesExporter dryRun(Path root) throws ConfigException {
        Map<String, String> settings = new HashMap<>(at(root));
        settings.put("dry_run", "true");
        return exporter(settings);
    }

    private static FilesExporter exporter(Map<String, String> settings) throws ConfigException {
        Options options = Options.builder().hostname("machine").cwd("/home/user").build();
        return new FilesExporter(ConnectorContext.of("files", ConnectorConfig.of(settings), options));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(base)) {
            return files.map(file -> base.relativize(file).toString()).toList();
        }
    }
}
