package dev.kloset.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everyday commands, on every Plakar that can be built here. The rest of the suite runs on v1.1.4. */
class PlakarVersionsTest {

    @TempDir
    Path directory;

    private Path source;
    private Path notes;

    @BeforeEach
    void makeTree() throws IOException {
        source = TreeMaker.varied(directory.resolve("source"));
        notes = Files.createFile(directory.resolve("notes"));
    }

    /** {@return Plakar with our package, which it has made and installed itself} */
    private Plakar plakar(PlakarVersion version) throws IOException, InterruptedException {
        Plakar plakar = Plakar.below(directory, version);
        plakar.install(Programs.filesImage());
        assertThat(plakar.ok("pkg", "show").lines()).containsExactly("files@v0.1.0");
        return plakar;
    }

    @ParameterizedTest
    @EnumSource
    void aTreeIsBackedUpAndRestored(PlakarVersion version) throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = plakar(version)) {
            Snapshot snapshot = plakar.at("fs://" + directory.resolve("repository"))
                    .create()
                    .backup("files://" + source);
            assertThat(snapshot.count("Errors")).isZero();
            snapshot.check();
            snapshot.restore("files://" + directory.resolve("restored"));
        }
        before.assertSame(Tree.of(directory.resolve("restored")));
    }

    @ParameterizedTest
    @EnumSource
    void aSecondBackupReadsOnlyWhatHasChanged(PlakarVersion version) throws Exception {
        try (Plakar plakar = plakar(version).with(ProbePlugin.NOTES, notes.toString())) {
            plakar.install(PluginImage.importer(directory.resolve("image"), ProbePlugin.PROTOCOL, ProbePlugin.class));
            Repository repository = plakar.at("files://" + directory.resolve("store")).create();
            repository.backup(ProbePlugin.PROTOCOL + "://" + source);
            assertThat(opened()).contains("big", "docs/readme");

            Files.writeString(notes, "");
            repository.backup(ProbePlugin.PROTOCOL + "://" + source);
            assertThat(opened()).isEmpty();

            Files.writeString(source.resolve("docs/readme"), "something else");
            repository.backup(ProbePlugin.PROTOCOL + "://" + source);
            assertThat(opened()).containsExactly("docs/readme");
        }
    }

    private List<String> opened() throws IOException {
        return Files.readAllLines(notes).stream().map(line -> line.replaceFirst("\\Q" + source + "\\E/?", "")).toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyCommandWorksOnOurStore(PlakarVersion version) throws Exception {
        Path store = directory.resolve("store");
        Path readme = source.resolve("docs/readme");
        Files.writeString(readme, "one thing");
        try (Plakar plakar = plakar(version).with("PLAKAR_GRACEPERIOD", "0s")) {
            Repository repository = plakar.at("files://" + store).create();
            Snapshot first = repository.backup("files://" + source);
            Files.writeString(readme, "another thing");
            Snapshot second = repository.backup("files://" + source);

            assertThat(repository.snapshotIds()).containsExactly(second.id(), first.id());
            assertThat(first.list()).anyMatch(line -> line.endsWith(readme.toString()));
            assertThat(second.content(readme)).isEqualTo("another thing");
            assertThat(repository.ok("locate", "readme").lines()).hasSize(2);
            assertThat(repository.ok("digest", first.id() + ":" + readme).out()).contains(sha256("one thing"));
            assertThat(repository.ok("diff", first.id() + ":" + readme, second.id() + ":" + readme).lines())
                    .contains("-one thing", "+another thing");
            assertThat(repository.ok("info").lines()).contains("Snapshots: 2");
            Path archive = directory.resolve("archive.tar");
            repository.ok("archive", "-format", "tar", "-output", archive.toString(), first.id());
            assertThat(Files.size(archive)).isGreaterThan(Files.size(source.resolve("big")));

            repository.ok("dup", first.id());
            assertThat(repository.snapshotIds()).hasSize(3);
            repository.ok("rm", "-apply", first.id());
            repository.ok("prune", "-apply", "-per-day", "1", "-days", "1");
            assertThat(repository.snapshotIds()).hasSize(1);
            StoreTest.removeStaleLocks(store);
            repository.ok("maintenance");
            repository.ok("check");
        }
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @EnumSource
    void snapshotsTravelToABuiltInStoreAndBack(PlakarVersion version) throws Exception {
        Tree before = Tree.of(source);
        try (Plakar plakar = plakar(version)) {
            Repository ours = plakar.at("files://" + directory.resolve("store")).create();
            Repository builtIn = plakar.at("fs://" + directory.resolve("built-in")).create();
            Repository again = plakar.at("files://" + directory.resolve("again")).create();
            ours.backup("files://" + source);

            ours.ok("sync", "to", builtIn.location());
            again.ok("sync", "from", builtIn.location());

            again.ok("check");
            again.ok("restore", "-to", "files://" + directory.resolve("restored"), again.snapshotIds().getFirst());
        }
        before.assertSame(Tree.of(directory.resolve("restored")));
    }

    /** The later kloset sends attributes under their own pathnames, cut differently for each way to name what is restored. */
    @ParameterizedTest
    @EnumSource
    void attributesAreRestoredOrReportedAsMissing(PlakarVersion version) throws Exception {
        TreeMaker.in(source).extendedAttributes(3);
        // The same name again below the full path, without attributes.
        Path nested = source.resolve(source.toString().substring(1)).resolve("xattrs");
        Files.createDirectories(nested);
        Files.writeString(nested.resolve("0"), "plain");
        Tree before = Tree.of(source);
        try (Plakar plakar = plakar(version)) {
            Snapshot snapshot = plakar.at("fs://" + directory.resolve("repository"))
                    .create()
                    .backup("files://" + source);
            for (String named : List.of("", ":" + source, ":/")) {
                Path restored = directory.resolve("restored" + named.length());
                Outcome outcome = snapshot.repository()
                        .ok("restore", "-to", "files://" + restored, snapshot.id() + named);
                Path root = named.equals(":/") ? restored.resolve(source.toString().substring(1)) : restored;
                before.assertSame(Tree.of(root), Aspect.XATTRS);
                List<String> missing = before.differences(Tree.of(root));
                assertThat(missing).allMatch(line -> line.startsWith("/xattrs/") && line.contains("came back as {}"));
                if (version == PlakarVersion.V1_1_4_KLOSET_V1_1_4) {
                    assertThat(missing).as(named).isEmpty();
                } else {
                    assertThat(missing).as(named).hasSize(3);
                    assertThat(outcome.text()).contains("extended attributes");
                }
            }
        }
    }
}
