package dev.kloset.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.ConnectorConfig;
import dev.kloset.StoreContext;
import dev.kloset.files.store.FilesStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says about local files, in a process of its own: the sentence, the status, and that nothing is left behind. */
class FilesDoctorTest {

    /** A disk of 64 KiB without a free byte, which disappears with the process. */
    private static final String FULL_DISK = "mount -t tmpfs -o size=64k full \"$0\" || exit; "
            + "dd if=/dev/zero of=\"$0\"/x bs=64k count=2 2>/dev/null; exec \"$@\"";

    @TempDir
    private Path directory;

    private Path place;

    /** How a doctor ended. */
    private record Outcome(int status, String text) {}

    @BeforeEach
    void makePlace() throws IOException {
        place = Files.createDirectory(directory.resolve("place"));
    }

    private static Outcome doctor(List<String> wrapper, String kind, Path location, String... more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("doctor", "-o", "location=files://" + location, "--kind", kind));
        arguments.addAll(List.of(more));
        try (ChildJvm child = ChildJvm.start(wrapper, FilesPlugin.class, arguments.toArray(String[]::new))) {
            String text = String.join("\n", child.lines());
            return new Outcome(child.await(), text);
        }
    }

    private static Outcome doctor(String kind, Path location, String... more)
            throws IOException, InterruptedException {
        return doctor(List.of(), kind, location, more);
    }

    /** Without capabilities, modes restrict even root, who can still read the classes to run. */
    private List<String> withoutRights() throws IOException {
        return Files.getAttribute(place, "unix:uid").equals(0)
                ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all")
                : List.of();
    }

    private List<String> below(Path parent) throws IOException {
        try (Stream<Path> all = Files.list(parent)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aHealthySourceIsListedAndRead() throws Exception {
        Files.writeString(place.resolve("empty"), "");
        Files.writeString(place.resolve("letter"), "Dear Sir");

        Outcome outcome = doctor("importer", place);

        assertThat(outcome.text()).startsWith("importer files://" + place + "\n  ok           settings\n")
                .contains("  ok           connection\n", "  ok           first listing: ",
                        "  ok           first read: 8 bytes of " + place.resolve("letter"))
                .endsWith("\nNothing failed.");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void aMissingSourceIsReported() throws Exception {
        Outcome outcome = doctor("importer", place.resolve("missing"));
        assertThat(outcome.text()).contains(
                "  failed       start: no such file or directory: " + place.resolve("missing"),
                "  not checked  everything else: because there is no connector", "Not well: importer files://");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void aSourceThatMustNotBeListedIsReported() throws Exception {
        Files.setAttribute(place, "unix:mode", 0);
        Outcome outcome = doctor(withoutRights(), "importer", place);
        Files.setAttribute(place, "unix:mode", 0755);

        assertThat(outcome.text()).contains("  failed       first listing: " + place
                + ": cannot list the directory: permission denied",
                "  not checked  first read: because \"first listing\" failed");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void aUsableDestinationIsProbedAndLeftUnchanged() throws Exception {
        assertThat(doctor("exporter", place).text()).contains("  ok           writing", "Nothing failed.");
        assertThat(doctor("exporter", place.resolve("a/b")).text()).contains("  ok           writing");
        assertThat(below(place)).isEmpty();
    }

    @Test
    void aDestinationThatIsAFileIsReported() throws Exception {
        Path file = Files.writeString(place.resolve("file"), "content");
        Outcome outcome = doctor("exporter", file);
        assertThat(outcome.text()).contains("  failed       destination: " + file + " is not a directory",
                "  not checked  writing: because \"destination\" failed");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(file).hasContent("content");
    }

    @Test
    void aDestinationThatCannotBeWrittenIsReported() throws Exception {
        Files.setAttribute(place, "unix:mode", 0555);
        Outcome outcome = doctor(withoutRights(), "exporter", place.resolve("new"));
        Files.setAttribute(place, "unix:mode", 0755);

        assertThat(outcome.text()).contains("  failed       writing: permission denied: " + place);
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void aFullDiskIsReported() throws Exception {
        Process namespaces = new ProcessBuilder("unshare", "--mount", "true").start();
        Assumptions.assumeTrue(namespaces.waitFor() == 0, "mounting a disk of its own takes rights");
        List<String> wrapper = List.of("unshare", "--mount", "sh", "-c", FULL_DISK, place.toString());

        for (String kind : List.of("exporter", "storage")) {
            Outcome outcome = doctor(wrapper, kind, place.resolve("new"));
            assertThat(outcome.text()).contains("  failed       writing: files://" + place.resolve("new")
                    + ": No space left on device; make room or choose another place");
            assertThat(outcome.status()).isEqualTo(1);
        }
    }

    @Test
    void aStoreWithoutARepositoryIsProbedAndLeftUnchanged() throws Exception {
        Outcome outcome = doctor("storage", place);
        assertThat(outcome.text()).contains("  ok           writing\n  ok           mode\n",
                "  not checked  repository: there is none yet: no Kloset repository at " + place,
                "Nothing failed; what was not checked may still be wrong.");
        assertThat(outcome.status()).isZero();
        assertThat(below(place)).isEmpty();
    }

    @Test
    void aRepositoryIsExaminedButNotTouched() throws Exception {
        try (FilesStore store = new FilesStore(StoreContext.of("files",
                ConnectorConfig.of(Map.of("location", "files://" + place))))) {
            store.create(new byte[]{ 1, 2, 3 });
        }
        List<String> before = below(place);
        Object time = Files.getLastModifiedTime(place.resolve("states"));

        Outcome outcome = doctor("storage", place);

        assertThat(outcome.text()).contains("  ok           writing\n",
                "  ok           repository: there is one, with a configuration of 3 bytes",
                "  ok           first listing: packfiles: 0, states: 0, locks: 0",
                "  not checked  first read: the repository has no state yet");
        assertThat(outcome.status()).isZero();
        assertThat(below(place)).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(place.resolve("states"))).isEqualTo(time);
    }

    @Test
    void allMistakenSettingsAreReportedAtOnceAndNothingIsStarted() throws Exception {
        Outcome outcome = doctor("exporter", place, "-o", "dryrun", "-o", "skip_owner=maybe", "--json");
        assertThat(outcome.text())
                .matches("\\{\"plugin\":\"files\",\"version\":.*,\"sdk\":.*,\"java\":.*,\"healthy\":false,.*")
                .endsWith("\"healthy\":false,\"connectors\":[{"
                        + "\"kind\":\"exporter\",\"location\":\"files://" + place + "\",\"healthy\":false,\"steps\":["
                        + "{\"step\":\"settings\",\"result\":\"failed\",\"detail\":\"2 settings are wrong: (1) the setting "
                        + "\\\"skip_owner\\\" must be true or false; (2) there is no setting \\\"dryrun\\\"; did you mean "
                        + "\\\"dry_run\\\"?\"},{\"step\":\"start\",\"result\":\"not_checked\",\"detail\":\"because "
                        + "\\\"settings\\\" failed\"},{\"step\":\"everything else\",\"result\":\"not_checked\",\"detail\":"
                        + "\"because there is no connector\"}]}]}");
        assertThat(outcome.status()).isEqualTo(1);
    }
}
