package dev.kloset.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kloset.sdk.ChildJava.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plugin takes from its user's environment, and what its children find in theirs. */
class LauncherEnvironmentTest {

    private static final String FOREIGN = "-XX:+UseParallelGC -javaagent:/no/such/agent.jar";

    @TempDir
    Path temporary;

    private LauncherImage image;
    private final Map<String, String> environment = LauncherImage.environment();

    @BeforeEach
    void install() throws IOException {
        image = LauncherImage.create(temporary.resolve("a b"));
        environment.put("KLOSET_NO_START_CACHE", "1");
    }

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        try (ChildJava child = ChildJava.start(temporary, environment, image.launcher, arguments)) {
            child.hangUp();
            return child.end();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS" })
    void optionsForEveryJavaDoNotReachThePlugin(String variable) throws Exception {
        environment.put(variable, FOREIGN);
        environment.put("KLOSET_JAVA_OPTS", "-XshowSettings:properties");
        Outcome outcome = run("about");
        assertThat(outcome.status()).as(outcome.errors()).isZero();
        assertThat(outcome.errors()).as("options of its own").contains("java.class.path").doesNotContain("Picked up");
        environment.remove("KLOSET_JAVA_OPTS");
        environment.put("KLOSET_LOG", "Debug");
        assertThat(run("about").errors()).isEqualTo(SamplePlugin.class.getName() + ": " + variable
                + " left out: options for this Java come from KLOSET_JAVA_OPTS\n");
    }

    @Test
    void aChildFindsTheClassesByTheClassPathOfItsParent() throws Exception {
        Outcome outcome = run("train", "importer=demo:///child");
        assertThat(outcome.errors()).contains("importer has a child: " + image.directory + "/lib/")
                .doesNotContain("/proc/");
    }

    @Test
    void theDebugLogBeginsWithoutTheJdk() throws Exception {
        environment.put("KLOSET_LOG", "debug");
        assertThat(run("train", "importer=demo:///child").errors()).contains("importer has a child: ")
                .doesNotContain("debug:");
        environment.put("KLOSET_LOG", "trace");
        assertThat(run("train", "importer=demo:///child").errors()).contains("debug:", "ProcessBuilder");
    }

    @Test
    void theDebugLogBeginsWithTheVersions() throws Exception {
        environment.put("KLOSET_LOG", "debug");
        assertThat(run().errors()).contains(
                "debug: plugin: sample v1.2.0 (SDK unknown, Java " + Runtime.version() + ")\n");
        environment.put("KLOSET_LOG", "info");
        assertThat(run().errors()).isEmpty();
    }

    @Test
    void theVersionOfThePackageIsThatOfTheLauncher() throws Exception {
        assertThat(run("--version").output())
                .isEqualTo("sample v1.2.0 (SDK unknown, Java " + Runtime.version() + ")\n");
    }

    @Test
    void anUnknownLevelIsReportedOnce() throws Exception {
        environment.put("KLOSET_LOG", "chatty");
        assertThat(run()).extracting(Outcome::status, Outcome::errors)
                .containsExactly(0,
                        "warning: plugin: KLOSET_LOG is \"chatty\" but must be off, error, warning, info, debug "
                                + "or trace; using warning\n");
        environment.put("KLOSET_LOG", "WARNING");
        environment.put("KLOSET_LOG_FORMAT", "yaml");
        assertThat(run().errors()).isEqualTo(
                "warning: plugin: KLOSET_LOG_FORMAT is \"yaml\" but must be text or json; using text\n");
        environment.put("KLOSET_LOG_FORMAT", "json");
        assertThat(run().errors()).isEmpty();
    }
}
