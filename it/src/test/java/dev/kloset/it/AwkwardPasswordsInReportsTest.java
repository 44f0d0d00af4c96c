package dev.kloset.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command kloset shows and reports no part of the {@link AwkwardPasswords}, even about plugins made with other tools. */
@Timeout(300)
class AwkwardPasswordsInReportsTest {

    /** Positions, in characters, at which our command cuts the output of plugins. The test puts passwords across them. */
    private static final int[] CUTS = { 60, 8 * 1024, 64 * 1024 };

    /** An ordinary password, one that is not ASCII, and one that is not a single line: each costs nine commands. */
    private static final List<Integer> SOME = List.of(0, 34, 36);

    @TempDir
    Path directory = Path.of("");

    private final List<String> everything = new ArrayList<>();

    @BeforeEach
    void theCommandIsBuilt() {
        assumeTrue(KlosetCommand.isBuilt(), "run mvn verify: this needs the packaged modules");
    }

    private void kloset(List<String> arguments) throws IOException, InterruptedException {
        KlosetCommand.Run run = command(directory).run(arguments.toArray(String[]::new));
        everything.addAll(List.of(run.out(), run.err()));
    }

    private static KlosetCommand command(Path directory) {
        return new KlosetCommand(directory).with("KLOSET_JAVA_HOME", System.getProperty("java.home"))
                .with("KLOSET_NO_START_CACHE", "1");
    }

    private void check(Path plugin, Map<String, String> settings, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("check", plugin.toString(), "--kind", "importer", "--html",
                "report.html", "--junit", "report.xml"));
        command.addAll(List.of(more));
        settings.forEach((key, value) -> command.addAll(List.of("-o", key + "=" + value)));
        kloset(command);
        everything.add(Files.readString(directory.resolve("report.html")));
        everything.add(Files.readString(directory.resolve("report.xml")));
    }

    @Test
    void theReportOnATalkativePluginShowsNoPassword() throws Exception {
        Path launcher = new ShelfProcess(directory, LeakyPlugin.class).launcher();
        Map<String, String> settings = AwkwardPasswords.settings(AwkwardPasswords.COUNT - 1); // all of them would take a minute
        SOME.forEach(number -> settings.put("password_" + number, AwkwardPasswords.password(number)));
        settings.put("good", "true");
        check(launcher, settings, "--json", "--patience", "20");
        AwkwardPasswords.assertShownNowhere(everything, "<!doctype html>", "<testsuite", "\"clause\":\"I01\"",
                "everything: [");
    }

    /** {@return a program that writes a text and ends} */
    private Path program(String text, String descriptor) throws IOException {
        Path said = Files.writeString(directory.resolve("said"), text);
        Path program = Files.writeString(directory.resolve("careless"),
                "#!/bin/sh\ncat '" + said + "' >&" + descriptor + "\nexit 1\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void cuttingTheOutputOfAnotherProgramLeavesNoPartOfAPassword() throws Exception {
        for (int number : SOME) {
            String password = AwkwardPasswords.password(number);
            Map<String, String> settings = Map.of("location", "web://bob:" + password + "@127.0.0.1:1/x");
            for (int cut : CUTS) {
                String words = "x".repeat(cut - 8) + " " + password + " and more";
                check(program(words, "1"), settings);
                Path careless = program(words, "2");
                check(careless, settings);
                kloset(List.of("ls", "-v", "--plugin", careless.toString(), settings.get("location")));
            }
        }
        AwkwardPasswords.assertShownNowhere(everything, "<!doctype html>", "standard output says", "and said: ", "***");
    }
}
