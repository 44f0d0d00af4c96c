package dev.kloset.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.cli.catalog.ConnectorKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class KlosetTest {

    @TempDir
    Path directory = Path.of("");

    private CommandRun run(String... args) {
        return CommandRun.of(CommandRun.surroundings(directory), args);
    }

    private void refuses(int exitCode, String sentence, String... args) {
        CommandRun run = run(args);
        assertThat(run.err()).isEqualTo("kloset: " + sentence + "\n");
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
    }

    private static Terminal silent() {
        return new Terminal(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), false, false);
    }

    private void bundle(String flags) throws IOException {
        Path image = Files.createDirectories(directory.resolve("integrations/it/target/image"));
        Files.writeString(image.resolve("manifest.yaml"), """
                name: it
                connectors:
                  - {type: importer, executable: run, protocols: [it], location_flags: [%s]}
                  - {type: exporter, executable: run, protocols: [it], location_flags: [%s]}
                """.formatted(flags, flags));
        Files.createFile(image.resolve("run"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    @Test
    void helpGoesToStandardOutputAndFitsAScreen() {
        CommandRun run = run("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("copy", "ls", "cat", "ping", "store", "plugins", "files:///");
        assertThat(run.out().lines()).hasSizeLessThan(35).allSatisfy(line -> assertThat(line.length()).isLessThan(81));
    }

    @ParameterizedTest
    @ValueSource(strings = { "copy", "ls", "cat", "ping", "store", "plugins" })
    void everyCommandHasItsHelp(String command) {
        assertThat(run("help", command).out()).startsWith("Usage: kloset " + command);
        assertThat(run(command, "--help").out()).isEqualTo(run("help", command).out());
    }

    @ParameterizedTest
    @ValueSource(strings = { "ls", "get", "put", "rm", "stat", "create" })
    void everyStoreCommandHasItsHelp(String command) {
        assertThat(run("store", command, "-h").out()).startsWith("Usage: kloset store " + command);
    }

    @Test
    void theVersionIsTold() {
        assertThat(run("--version").out()).startsWith("kloset ");
    }

    @Test
    void badUsageIsOneSentence() {
        refuses(2, "Missing command; see kloset --help");
        refuses(2, "Missing command; see kloset store --help", "store");
        refuses(2, "Unmatched argument at index 0: 'frob'; see kloset --help", "frob");
        refuses(2, "Missing required parameter: 'DST'; see kloset copy --help", "copy", "a:///");
        refuses(2, "Unknown option: '--frob'; see kloset ls --help", "ls", "--frob", "aa:///");
        refuses(2, "--concurrency must be at least 1, not 0", "copy", "aa:/", "bb:/", "--concurrency", "0");
        refuses(2, "the exclude pattern \"[\" cannot match anything", "ls", "aa:///", "--exclude", "[");
        refuses(2, "the location is what stands in the command, it cannot be set with -o", "ls", "aa:///", "-o",
                "location=x");
    }

    @Test
    void badArgumentsOfStoreCommandsAreNamed() {
        assertThat(run("store", "ls", "aa:/", "frobs").err()).contains("expected packfiles, states, locks");
        assertThat(run("store", "get", "aa:/", "locks", "12").err()).contains("\"12\" is no MAC");
        assertThat(run("store", "get", "aa:/", "locks", "0".repeat(64), "--range", "12").err())
                .contains("\"12\" is no range");
    }

    @Test
    void anObjectWithABadNameIsNotStored() throws Exception {
        bundle("localfs");
        Files.writeString(directory.resolve("object"), "x");
        refuses(2, "\"zz\" is no MAC: expected 64 hexadecimal digits", "store", "put", "it:///", "packfiles", "zz",
                "object");
    }

    @Test
    void aPlaceWithoutProtocolIsAnsweredWithAnExample() {
        refuses(2, "\"some/where\" does not say which protocol to use: write for example files://"
                + directory.resolve("some/where"), "ls", "some/where");
    }

    @Test
    void anUnknownProtocolIsAnsweredWithTheKnownOnes() throws Exception {
        refuses(3, "there is no importer for the protocol \"nosuch\": no plugin with one was found", "ls",
                "nosuch:///x");
        bundle("localfs");
        refuses(3, "there is no importer for the protocol \"nosuch\": known protocols are it", "ls", "nosuch:///x");
        refuses(3, "there is no storage for the protocol \"it\": no plugin with one was found", "store", "ls",
                "it:///x");
    }

    @Test
    void aPluginThatCannotBeStartedIsExplained() throws Exception {
        refuses(3, "cannot start the plugin nowhere: there is no file " + directory.resolve("nowhere"), "ls",
                "--plugin",
                "./nowhere", "aa:///");
        Files.writeString(directory.resolve("text"), "hello");
        refuses(3, "cannot start the plugin text: " + directory.resolve("text") + " is not executable", "ls",
                "--plugin",
                "text", "aa:///");
        refuses(3, "cannot use " + directory.resolve("manifest.yaml") + ": no such file or directory: "
                + directory.resolve("manifest.yaml"), "ls", "--plugin", ".", "aa:///");
    }

    @Test
    void executablesWithoutASlashAreSearchedLikeAShellDoes() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path tool = Files.createFile(bin.resolve("tool"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Surroundings surroundings = new Surroundings(null, directory, directory, Map.of("PATH", "/nowhere:" + bin));
        assertThat(Executables.find("tool", surroundings)).isEqualTo(tool);
        assertThat(Executables.find("bin/tool", surroundings)).isEqualTo(tool);
        assertThat(Executables.find("other", surroundings)).isEqualTo(directory.resolve("other"));
    }

    @Test
    void aCopyIntoItselfIsRefused() throws Exception {
        bundle("localfs");
        Files.createDirectories(directory.resolve("src/sub"));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("src"));
        refuses(2, "cannot copy it:src into itself: it:src/sub/new is the same or lies below it", "copy", "it:src",
                "it:src/sub/new");
        assertThat(run("copy", "it:src", "it:link").err()).contains("into itself");
        assertThat(run("copy", "it:src", "it:link/../src").err()).contains("into itself");
    }

    @Test
    void pluginsAreListed() throws Exception {
        assertThat(run("plugins").err()).isEqualTo("kloset: no plugins were found\n");
        bundle("localfs");
        Path executable = directory.resolve("integrations/it/target/image/run");
        assertThat(run("plugins").out().lines().map(line -> line.replaceAll(" +", " "))).containsExactly(
                "NAME TYPE PROTOCOLS FROM", "it importer it bundled " + executable,
                "it exporter it bundled " + executable);
        assertThat(run("plugins", "--json").out().lines()).first()
                .isEqualTo("{\"name\":\"it\",\"type\":\"importer\",\"protocols\":[\"it\"],\"from\":\"bundled\","
                        + "\"executable\":\"" + executable + "\",\"args\":[]}");
    }

    @Test
    void relativeLocationsStartAtTheUsersDirectoryIfTheManifestSaysSo() throws Exception {
        bundle("localfs");
        Endpoints endpoints = new Endpoints(CommandRun.surroundings(directory),
                silent());
        PluginOptions options = new PluginOptions();
        options.settings.put("key", "value");
        Endpoint endpoint = endpoints.find(ConnectorKind.IMPORTER, "it:some/../where", options);
        assertThat(endpoint.config().values()).containsExactlyInAnyOrderEntriesOf(
                Map.of("key", "value", "location", "it://" + directory.resolve("where")));
        assertThat(endpoint.proto()).isEqualTo("it");
        assertThat(endpoints.find(ConnectorKind.IMPORTER, "it:///", options).config().values())
                .containsEntry("location", "it:///");
    }

    @Test
    void relativeLocationsStayAsTheyAreForConnectorsThatAreNotLocal() throws Exception {
        bundle("file");
        Endpoints endpoints = new Endpoints(CommandRun.surroundings(directory), silent());
        Endpoint endpoint = endpoints.find(ConnectorKind.IMPORTER, "it:bucket/x",
                new PluginOptions());
        assertThat(endpoint.config().values()).isEqualTo(Map.of("location", "it://bucket/x"));
        assertThat(endpoint.localPath()).isNull();
    }

    @Test
    void settingsWithoutAValueAreTrue() throws Exception {
        CommandLine line = new CommandLine(new LsCommand(
                CommandContext.of(CommandRun.surroundings(directory),
                        silent())));
        LsCommand command = line.getCommand();
        line.parseArgs("aa:///", "-o", "flag", "-o", "k=v=w", "--option=empty=");
        assertThat(command.options.settings).isEqualTo(Map.of("flag", "true", "k", "v=w", "empty", ""));
        assertThat(List.of(command.uri)).containsExactly("aa:///");
    }
}
