package dev.kloset.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A bundle with a throw-away key; each planted violation of a rule is found, and nothing else. */
class BundleCheckTest {

    private static final String SAMPLE = "dev/kloset/kloset-sample/1.2.0/kloset-sample-1.2.0";
    private static final String PARENT = "dev/kloset/kloset-parent/1.2.0/kloset-parent-1.2.0.pom";

    @TempDir
    static Path keys;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeKey() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gpg")), "GnuPG is not installed");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
        SampleRelease.gpg(keys, "--quick-generate-key", "trial <trial@localhost>", "ed25519", "sign", "0");
    }

    @AfterAll
    static void endAgent() throws Exception {
        if (Files.isExecutable(Path.of("/usr/bin/gpgconf"))) {
            new ProcessBuilder("gpgconf", "--homedir", keys.toString(), "--kill", "gpg-agent").start().waitFor();
        }
    }

    /** Spoils a release, before or after it is signed. */
    interface Violation {
        void plant(SampleRelease release, Path place) throws IOException, InterruptedException;
    }

    private List<String> problems(Violation staged, Violation bundled) throws Exception {
        SampleRelease release = new SampleRelease(directory.resolve("staging"), keys);
        staged.plant(release, directory.resolve("staging"));
        Path zip = directory.resolve("bundle.zip");
        release.bundle(zip);
        Path unpacked = directory.resolve("unpacked");
        Bundle.unpack(zip, unpacked);
        bundled.plant(release, unpacked);
        return new BundleCheck(unpacked, Files.size(zip), new Signatures(Optional.of(keys))).problems();
    }

    private static void nothing(SampleRelease release, Path place) {}

    @Test
    void aBundleThatKeepsTheRulesHasNoProblems() throws Exception {
        assertThat(problems(BundleCheckTest::nothing, BundleCheckTest::nothing)).isEmpty();
    }

    private static Arguments inParent(String text, String other, String sentence) {
        Violation violation = (release, place) -> {
            String before = Files.readString(release.parentPom());
            assertThat(before).contains(text);
            Files.writeString(release.parentPom(), before.replace(text, other));
        };
        return Arguments.of(violation, sentence);
    }

    private static Arguments inJar(String missing, String sentence) {
        Violation violation = (release, place) -> {
            Map<String, String> contents = SampleRelease.contents();
            assertThat(contents.remove(missing)).isNotNull();
            release.jar("", contents);
        };
        return Arguments.of(violation, SAMPLE + ".jar " + sentence);
    }

    private static Arguments inManifest(String missing, String sentence) {
        Violation violation = (release, place) -> {
            Map<String, String> headers = new LinkedHashMap<>(Map.of("Implementation-Version", SampleRelease.VERSION,
                    "Automatic-Module-Name", "dev.kloset.sample"));
            assertThat(headers.remove(missing)).isNotNull();
            release.jar("", SampleRelease.contents(), headers);
        };
        return Arguments.of(violation, SAMPLE + ".jar " + sentence);
    }

    private static Arguments without(String kind) {
        Violation violation = (release, place) -> Files.delete(release.artifact(kind + ".jar"));
        return Arguments.of(violation, SAMPLE + ".pom has no kloset-sample-1.2.0" + kind + ".jar beside it");
    }

    static Stream<Arguments> staged() {
        Violation noName = (release, place) -> SampleRelease.write(release.pom(),
                Files.readString(release.pom()).replace("<name>Sample</name>", ""));
        Violation noJar = (release, place) -> Files.writeString(release.artifact("-sources.jar"), "no jar");
        Violation noLicence = (release, place) -> release.jar("-javadoc", Map.of("index.html", "Sample"));
        return Stream.of(Arguments.of(noName, SAMPLE + ".pom lacks name"),
                inParent("<description>Of all</description>", "", " lacks description"),
                inParent("<url>${home}</url>\n  <lic", "<lic", " lacks url"),
                inParent("<name>ISC</name>", "", " lacks licenses/license/name"),
                inParent("<url>https://opensource.org/license/isc</url>", "", " lacks licenses/license/url"),
                inParent("<developer><name>We</name></developer>", "", " lacks developers/developer/name"),
                inParent("<url>${home}</url></scm>", "</scm>", " lacks scm/url"),
                inParent("<connection>scm:git:${home}.git</connection>", "", " lacks scm/connection"),
                inParent("<home>https://plakar.io/sample</home>", "",
                        " has a property without a value in url: ${home}"),
                inParent("https://plakar.io/sample", "https://forge.example/sample",
                        " has an address that stands for one to come in scm/connection: "),
                inJar("META-INF/LICENSE", "has no META-INF/LICENSE"),
                inJar("META-INF/maven/dev.kloset/kloset-sample/pom.properties", "has no META-INF/maven/"),
                inManifest("Implementation-Version", "does not say in its manifest that it is version 1.2.0"),
                inManifest("Automatic-Module-Name", "has neither a module descriptor nor"), without(""),
                without("-sources"), without("-javadoc"), Arguments.of(noJar, SAMPLE + "-sources.jar is no jar: "),
                Arguments.of(noLicence, SAMPLE + "-javadoc.jar has no META-INF/LICENSE"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void staged(Violation violation, String sentence) throws Exception {
        List<String> problems = problems(violation, BundleCheckTest::nothing);
        assertThat(problems).isNotEmpty().anyMatch(problem -> problem.contains(sentence));
        // What a parent lacks, its children lack too.
        if (!sentence.startsWith(" ")) {
            assertThat(problems).hasSize(1);
        }
    }

    private static Arguments deleted(String suffix, String sentence) {
        Violation violation = (release, place) -> Files.delete(place.resolve(SAMPLE + "-javadoc.jar" + suffix));
        return Arguments.of(violation, SAMPLE + "-javadoc.jar " + sentence);
    }

    /** Change the content of a file, together with its checksums. */
    private static void forge(Path file, String text) throws IOException {
        Files.writeString(file, text);
        for (String suffix : Bundle.CHECKSUMS.keySet()) {
            Files.writeString(file.resolveSibling(file.getFileName() + suffix),
                    Bundle.checksum(suffix, text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    static Stream<Arguments> bundled() {
        Violation wrongSum = (release, place) -> Files.writeString(place.resolve(SAMPLE + ".jar.sha1"),
                Bundle.checksum(".sha1", new byte[0]));
        Violation forged = (release, place) -> forge(place.resolve(PARENT),
                Files.readString(place.resolve(PARENT)) + " ");
        Violation foreign = (release, place) -> Files.copy(place.resolve(SAMPLE + ".jar.asc"),
                place.resolve(SAMPLE + ".pom.asc"), StandardCopyOption.REPLACE_EXISTING);
        Violation orphan = (release, place) -> Files.writeString(place.resolve(SAMPLE + "-other.jar.md5"), "0");
        Violation metadata = (release, place) -> Files
                .writeString(place.resolve("dev/kloset/kloset-sample/1.2.0/maven-metadata.xml"), "<metadata/>");
        Violation moved = (release, place) -> Files.move(place.resolve("dev/kloset/kloset-sample/1.2.0"),
                place.resolve("dev/kloset/kloset-sample/1.3.0"));
        Violation elsewhere = (release, place) -> Files.move(place.resolve("dev/kloset"), place.resolve("dev/closet"));
        return Stream.of(deleted(".md5", "has no .md5"), deleted(".sha1", "has no .sha1"),
                deleted(".sha256", "has no .sha256"), deleted(".sha512", "has no .sha512"),
                deleted(".asc", "has no signature .asc"),
                Arguments.of(wrongSum, SAMPLE + ".jar has another checksum than the file .sha1 says"),
                Arguments.of(forged, PARENT + " has a signature that is not valid"),
                Arguments.of(foreign, SAMPLE + ".pom has a signature that is not valid"),
                Arguments.of(orphan, SAMPLE + "-other.jar.md5 belongs to no file"),
                Arguments.of(metadata, "maven-metadata.xml is metadata of a repository"),
                Arguments.of(moved, "dev/kloset/kloset-sample/1.3.0 has no POM kloset-sample-1.3.0.pom"),
                Arguments.of(elsewhere, "which lies in " + SAMPLE.substring(0, SAMPLE.lastIndexOf('/'))));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void bundled(Violation violation, String sentence) throws Exception {
        List<String> problems = problems(BundleCheckTest::nothing, violation);
        assertThat(problems).anyMatch(problem -> problem.contains(sentence));
        if (!sentence.startsWith("which")) {
            assertThat(problems).hasSize(1);
        }
    }

    @Test
    void aSnapshotAnEmptyAndATooLargeBundleAreRefused() throws Exception {
        Path snapshot = directory.resolve("dev/kloset/kloset-bom/1.3-SNAPSHOT/kloset-bom-1.3-SNAPSHOT.pom");
        SampleRelease.write(snapshot, "<project><groupId>dev.kloset</groupId><artifactId>kloset-bom</artifactId>"
                + "<version>1.3-SNAPSHOT</version><packaging>pom</packaging></project>");
        Signatures signatures = new Signatures(Optional.of(keys));
        assertThat(new BundleCheck(directory, 1, signatures).problems())
                .contains("dev/kloset/kloset-bom/1.3-SNAPSHOT is a snapshot: set the version of the release first");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThat(new BundleCheck(empty, (1L << 30) + 1, signatures).problems())
                .containsExactly("the bundle is larger than 1 GiB", "the bundle has no files");
    }

    @Test
    void theProgramMakesChecksAndReports() throws Exception {
        SampleRelease release = new SampleRelease(directory.resolve("staging"), keys);
        release.bundle(directory.resolve("ignored.zip"));
        Path zip = directory.resolve("target/bundle.zip");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            // The throw-away key is not that of the user who runs the tests.
            assertThat(Main.run(out, directory.resolve("staging").toString(), SampleRelease.VERSION, zip.toString()))
                    .isEqualTo(1);
            assertThat(Main.run(out)).isEqualTo(2);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).contains(
                "has a signature that is not valid, or by a key that",
                zip + " (", "breaks rules: 5");
        assertThat(zip).hasSameBinaryContentAs(directory.resolve("ignored.zip"));
    }
}
