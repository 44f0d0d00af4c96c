package dev.kloset.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.cli.CommandRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plugin of unknown make repeats its settings, and the command still shows no secret. */
class SecretsInOutputsTest {

    private static final String LAST = "z5n7kc";

    @TempDir
    Path directory = Path.of("");

    private String plugin = "";

    /** Make a plugin that writes LEAK to standard error, like a library that splits a location at every character. */
    @BeforeEach
    void aPluginThatLeaks() throws IOException {
        Path script = Files.writeString(directory.resolve("leaky"), """
                #!/bin/sh
                echo "error: cannot connect to $(cat leak), host ${1:-none}" >&2
                exit 1
                """.replace("$(cat leak)", "$(cat '" + directory.resolve("leak") + "')"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        plugin = script.toString();
    }

    private void isHidden(CommandRun run) {
        assertThat(run.out() + run.err()).doesNotContain("q8w3kc", LAST).contains("***");
    }

    /** {@return all output, including that of the library that parses the arguments} */
    @SuppressWarnings("SystemOut") // the library prints there
    private CommandRun run(String... args) {
        PrintStream before = System.err;
        ByteArrayOutputStream library = new ByteArrayOutputStream();
        System.setErr(new PrintStream(library, true, StandardCharsets.UTF_8));
        try {
            CommandRun run = CommandRun
                    .of(new Invocation(directory, directory, directory, Map.of("KLOSET_DEBUG", "1")), args);
            return new CommandRun(run.exitCode(), run.out(), run.err() + library.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/", "@", ":", "?", "#", "%", " ", "&", "=", ";", ",", "+", "\"", "'", "\\", "<", "{",
        "|", "%2F", "%40",
        "\u00e9", "\uD83D\uDE00", "://", "@h/", "/@:?#" })
    void whateverThePasswordIsMadeOf(String awkward) throws IOException {
        String password = "q8w3kc" + awkward + LAST;
        String location = "web://bob:" + password + "@host/x";
        Files.writeString(directory.resolve("leak"), location + " " + password
                + (awkward.matches(".*[/@:?#].*") ? " /" + LAST + "@host/x" : ""));
        isHidden(run("ls", "--plugin", plugin, location));
        isHidden(run("ping", "--json", "--plugin", plugin, "-o", "password=" + password, location));
        isHidden(run("copy", "--json", "-v", "--plugin", plugin, location, location));
        assertThat(run("copy", location, "files:///x").err()).doesNotContain(LAST);
        assertThat(run("ls", "--no-such-option=" + location, location).err()).doesNotContain("q8w3kc", LAST);
        isHidden(run("ls", "aa:///", location));
        isHidden(run("store", "ls", "--plugin", plugin, "-o", "url=jdbc:x://h/d?password=" + password + "&a=b",
                location));
    }

    @Test
    void reportsOfACheckContainNoSecret() throws IOException {
        String password = "q8w3kc correct horse/" + LAST;
        Files.writeString(directory.resolve("leak"), password);
        CommandRun run = run("check", plugin, "--kind", "importer", "-o", "location=web://bob:" + password + "@host/x",
                "--html",
                "page.html", "--junit", "report.xml", "--", "web://bob:" + password + "@host/x");
        isHidden(run);
        assertThat(run.exitCode()).isEqualTo(1);
        CommandRun json = run("check", plugin, "--kind", "importer", "--json", "-o", "password=" + password, "-o",
                "location=web://h/x");
        isHidden(json);
        for (String file : new String[]{ "page.html", "report.xml" }) {
            assertThat(directory.resolve(file)).content()
                    .doesNotContain("q8w3kc", LAST, "horse")
                    .contains("***", "cannot connect to");
        }
    }

    @Test
    void anOrdinaryWordStaysInTheSentence() throws IOException {
        Files.writeString(directory.resolve("leak"), "host: wrong user or password");
        assertThat(run("ls", "--plugin", plugin, "web://bob:wrong@host/x").err())
                .contains("host: wrong user or password")
                .doesNotContain("bob:wrong");
    }
}
