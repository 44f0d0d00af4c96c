package dev.kloset.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Main classes of the tests, in processes of their own. */
public final class JavaMain {

    private JavaMain() {}

    /** {@return a process of a main class, which has the settings and then the others as arguments} */
    public static ProcessBuilder of(Class<?> main, String heap, Map<String, String> settings, String... others) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap,
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp", System.getProperty("java.class.path"),
                main.getName()));
        settings.forEach((key, value) -> command.add(key + "=" + value));
        command.addAll(List.of(others));
        return new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    }

    /** {@return what such a process says} It must not fail. */
    public static String run(Class<?> main, String heap, Map<String, String> settings, String... others)
            throws IOException, InterruptedException {
        Process process = of(main, heap, settings, others).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    /** {@return the settings among the arguments of a main class} */
    static Map<String, String> settings(String... arguments) {
        Map<String, String> settings = new TreeMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals > 0) {
                settings.put(argument.substring(0, equals), argument.substring(equals + 1));
            }
        }
        return settings;
    }

    /** Say something on standard output, which a process has for the whole of its life. */
    public static void say(String text) throws IOException {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        out.write(text.getBytes(UTF_8));
    }
}
