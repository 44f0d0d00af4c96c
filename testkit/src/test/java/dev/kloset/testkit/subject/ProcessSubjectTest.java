package dev.kloset.testkit.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessSubjectTest {

    private static List<String> line(Class<?> main) {
        return List.of("-cp", System.getProperty("java.class.path"), main.getName());
    }

    /** The tests of an author whose environment sets options for every Java. */
    static final class Tests {
        private Tests() {}

        @SuppressWarnings("SystemOut") // a program of its own
        public static void main(String[] args) throws Exception {
            Peer plugin = ProcessSubject.java(line(Plugin.class)).start();
            System.out.write(plugin.fromPlugin().readAllBytes());
            System.out.flush();
        }
    }

    /** Reports whether such an option has reached it. */
    static final class Plugin {
        private Plugin() {}

        @SuppressWarnings("SystemOut") // a program of its own
        public static void main(String[] args) {
            System.out.println("foreign: " + System.getProperty("foreign"));
        }
    }

    @Test
    void optionsForEveryJavaDoNotReachAPluginStartedWithoutItsLauncher() throws Exception {
        ProcessBuilder tests = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString());
        tests.command().addAll(line(Tests.class));
        for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
            tests.environment().put(variable, "-Dforeign=true");
        }
        Process process = tests.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("foreign: null");
    }
}
