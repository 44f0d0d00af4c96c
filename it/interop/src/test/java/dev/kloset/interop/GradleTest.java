package dev.kloset.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The build file of docs/packaging.md under a real Gradle. Debian's is 4.4.1, so the lines that need a later one are replaced.
 * Skipped where there is no Gradle, or where it does not run on the Java of the machine.
 */
@ResourceLock(NewProject.LOCAL_REPOSITORY)
class GradleTest {

    private static final Pattern FILE = Pattern.compile("```groovy\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @Test
    void aProjectOfGradleGetsAnImageThatPlakarUses() throws Exception {
        Shell.require(Map.of("gradle", "gradle"));
        try (Plakar plakar = Plakar.below(directory)) {
            NewProject project = NewProject.generate(plakar, directory, "storage");
            assumeTrue(gradle(plakar, project, "--version").exit() == 0, "gradle does not run on this Java");
            Files.writeString(project.directory().resolve("settings.gradle"), "rootProject.name = 'demo'\n");
            Files.writeString(project.directory().resolve("build.gradle"), inOldSyntax(buildFile()));

            gradle(plakar, project, "image").orFail();

            plakar.install(project.directory().resolve("build/image"));
            Repository repository = plakar.at("demo://" + directory.resolve("repository")).create();
            Snapshot snapshot = repository.backup(project.sources().toString());
            snapshot.check();
            snapshot.restore(directory.resolve("restored").toString());
            project.isSameAs(directory.resolve("restored"));
        }
    }

    /** An old Gradle runs on the machine's default Java; what it starts runs on that of the tests. */
    private static Outcome gradle(Plakar plakar, NewProject project, String arguments)
            throws IOException, InterruptedException {
        return plakar.shell(project.directory(), "unset JAVA_HOME; gradle --offline --no-daemon " + arguments);
    }

    private static String buildFile() throws IOException {
        Matcher file = FILE.matcher(Files.readString(Programs.root().resolve("docs/packaging.md")));
        assertThat(file.find()).isTrue();
        return file.group(1).replace("'org.example.Demo'", "'org.example.DemoPlugin'");
    }

    private static String inOldSyntax(String text) {
        Path bin = Programs.javaHome().resolve("bin");
        String compiler = """
                configurations { annotationProcessor }
                compileJava {
                    sourceCompatibility = '1.9'
                    options.fork = true
                    options.forkOptions.executable = '%s'
                    doFirst {
                        options.compilerArgs += ['--release', '25', '-processorpath', configurations.annotationProcessor.asPath]
                    }
                }"""
                .formatted(bin.resolve("javac"));
        Map<String, String> replacements = Map.of("plugins { id 'java' }", "apply plugin: 'java'", //
                "java.toolchain.languageVersion = JavaLanguageVersion.of(25)", compiler, //
                "mavenLocal(); mavenCentral()", "maven { url '" + Programs.mavenRepository() + "' }", //
                "tasks.register('image', JavaExec)", "task image(type: JavaExec)", //
                "mainClass =", "main =", //
                "javaLauncher = javaToolchains.launcherFor { languageVersion = JavaLanguageVersion.of(25) }",
                "executable = '" + bin.resolve("java") + "'");
        String result = text;
        for (Map.Entry<String, String> replacement : replacements.entrySet()) {
            assertThat(result).containsOnlyOnce(replacement.getKey());
            result = result.replace(replacement.getKey(), replacement.getValue());
        }
        return result;
    }
}
