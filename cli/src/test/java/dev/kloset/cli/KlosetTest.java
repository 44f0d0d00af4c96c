package dev.kloset.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.Plugin.Kind;
import dev.kloset.cli.shell.CommandContext;
import dev.kloset.cli.shell.Endpoint;
import dev.kloset.cli.shell.Endpoints;
import dev.kloset.cli.shell.Executables;
import dev.kloset.cli.shell.Invocation;
import dev.kloset.cli.shell.PluginOptions;
import dev.kloset.cli.shell.Terminal;
import dev.kloset.internal.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
    @ValueSource(strings = { "copy", "compare", "drill", "ls", "cat", "ping", "store", "plugins", "completion" })
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
    void theVersionIsPrinted() {
        assertThat(run("--version").out()).startsWith("kloset ").endsWith(" (Java " + Runtime.version() + ")\n");
    }

    @Test
    void badUsageIsOneSentence() {
        refuses(2, "Missing command; see kloset --help");
        refuses(2, "Missing command; see kloset store --help", "store");
        refuses(2, "there is no command \"frob\"; see kloset --help", "frob");
        refuses(2, "the argument \"bb:///\" is one too many; see kloset ls --help", "ls", "aa:///", "bb:///");
        refuses(2, "Missing required parameter: 'DST'; see kloset copy --help", "copy", "a:///");
        refuses(2, "there is no option \"--frob\"; see kloset ls --help", "ls", "--frob", "aa:///");
        refuses(2, "--concurrency must be at least 1, not 0", "copy", "aa:/", "bb:/", "--concurrency", "0");
        refuses(2, "the exclude pattern \"[\" cannot match anything", "ls", "aa:///", "--exclude", "[");
        refuses(2, "the location is an argument of the command; -o cannot set it", "ls", "aa:///", "-o",
                "location=x");
    }

    @Test
    void aMisspeltCommandOrOptionIsAnsweredWithTheNearestOne() {
        refuses(2, "there is no command \"lss\"; did you mean \"ls\"? See kloset --help", "lss", "aa:///");
        refuses(2, "there is no command \"plugin\"; did you mean \"plugins\"? See kloset --help", "help", "plugin");
        refuses(2, "there is no command \"stats\"; did you mean \"stat\"? See kloset store --help", "store", "stats");
        refuses(2, "there is no option \"--concurency\"; did you mean \"--concurrency\"? See kloset copy --help",
                "copy",
                "aa:///", "bb:///", "--concurency=4");
        refuses(2, "there is no option \"--progres\"; did you mean \"--progress\"? See kloset copy --help", "copy",
                "aa:///",
                "bb:///", "--progres");
    }

    @ParameterizedTest
    @ValueSource(strings = { "bash", "zsh" })
    void completionKnowsEveryCommandAndOption(String shell) throws Exception {
        CommandRun run = run("completion", shell);
        assertThat(run.out()).contains("compare", "--concurrency", "--a-option", "complete",
                "(\"importer\" \"exporter\" \"storage\")", "(\"content\" \"mode\"");
        Path script = Files.writeString(directory.resolve("completion"), run.out());
        Process bash = new ProcessBuilder("bash", "-c",
                "source " + script + "; COMP_WORDS=(kloset plug); COMP_CWORD=1; "
                        + "COMP_LINE='kloset plug'; COMP_POINT=11; _complete_kloset; echo \"${COMPREPLY[@]}\"")
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("plugins\n");
    }

    @Test
    void everyCommandHasAManualPageThatManCanRead() throws Exception {
        Map<String, String> pages = ManPages.all();
        assertThat(pages).containsKeys("kloset.1", "kloset-copy.1", "kloset-compare.1", "kloset-store-ls.1");
        assertThat(pages.get("kloset-copy.1")).contains("\\fB\\-\\-concurrency\\fR \\fIN\\fR",
                "kloset\\-copy \\- Copy everything below SRC");
        for (String page : pages.values()) {
            assertThat(page.lines().filter(line -> line.startsWith(".")))
                    .allMatch(line -> line.matches("\\.(TH|SH|TP|nf|fi)( .*)?"));
        }
    }

    @Test
    void kindsAreNamedAsInManifests() {
        refuses(2, "Invalid value for option '--kind': expected importer, exporter or storage, not \"store\""
                + "; see kloset ping --help", "ping", "--kind", "store", "aa:///");
    }

    @ParameterizedTest
    @ValueSource(strings = { "copy aa:/ bb:/", "ls aa:/", "ping aa:/", "store ls aa:/", "store stat aa:/",
        "check no-such-file --kind importer -o location=aa:/", "replay no-such-file", "ls", "plugins --frob" })
    void aFailureIsOneObjectForPrograms(String line) {
        CommandRun inWords = run(line.split(" "));
        CommandRun run = run((line + " --json").split(" "));
        String sentence = inWords.err().substring("kloset: ".length()).strip();
        assertThat(run.out()).hasLineCount(1)
                .startsWith("{")
                .endsWith("\"failure\":" + JsonWriter.quoted(sentence) + "}\n");
        assertThat(run.err())
                .isEqualTo("{\"event\":\"remark\",\"line\":" + JsonWriter.quoted("kloset: " + sentence) + "}\n");
        assertThat(run.exitCode()).isEqualTo(inWords.exitCode()).isIn(2, 3);
    }

    @Test
    void badArgumentsOfStoreCommandsAreNamed() {
        assertThat(run("store", "ls", "aa:/", "frobs").err()).contains("expected packfiles, states, locks");
        assertThat(run("store", "get", "aa:/", "locks", "12").err()).contains("\"12\" is not a MAC");
        assertThat(run("store", "get", "aa:/", "locks", "0".repeat(64), "--range", "12").err())
                .contains("\"12\" is not a range");
    }

    @Test
    void anObjectWithABadNameIsNotStored() throws Exception {
        bundle("localfs");
        Files.writeString(directory.resolve("object"), "x");
        refuses(2, "\"zz\" is not a MAC: expected 64 hexadecimal digits", "store", "put", "it:///", "packfiles", "zz",
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
    void namesWithoutASlashAreSearchedAsInAShell() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path tool = Files.createFile(bin.resolve("tool"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Invocation invocation = new Invocation(null, directory, directory, Map.of("PATH", "/nowhere:" + bin));
        assertThat(Executables.find("tool", invocation)).isEqualTo(tool);
        assertThat(Executables.find("bin/tool", invocation)).isEqualTo(tool);
        assertThat(Executables.find("other", invocation)).isEqualTo(directory.resolve("other"));
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
                "NAME KIND PROTOCOLS FROM", "it importer it bundled " + executable,
                "it exporter it bundled " + executable);
        assertThat(run("plugins", "--json").out().lines()).first()
                .isEqualTo("{\"name\":\"it\",\"kind\":\"importer\",\"protocols\":[\"it\"],\"from\":\"bundled\","
                        + "\"executable\":\"" + executable + "\",\"args\":[]}");
    }

    @Test
    void relativeLocationsStartAtTheUsersDirectoryIfTheManifestSaysSo() throws Exception {
        bundle("localfs");
        Endpoints endpoints = new Endpoints(CommandRun.surroundings(directory),
                silent());
        PluginOptions options = new PluginOptions();
        options.settings.put("key", "value");
        Endpoint endpoint = endpoints.find(Kind.IMPORTER, "it:some/../where", options);
        assertThat(endpoint.config().values()).containsExactlyInAnyOrderEntriesOf(
                Map.of("key", "value", "location", "it://" + directory.resolve("where")));
        assertThat(endpoint.proto()).isEqualTo("it");
        assertThat(endpoints.find(Kind.IMPORTER, "it:///", options).config().values())
                .containsEntry("location", "it:///");
    }

    @Test
    void relativeLocationsStayAsTheyAreForConnectorsThatAreNotLocal() throws Exception {
        bundle("file");
        Endpoints endpoints = new Endpoints(CommandRun.surroundings(directory), silent());
        Endpoint endpoint = endpoints.find(Kind.IMPORTER, "it:bucket/x",
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
