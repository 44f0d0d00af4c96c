package dev.kloset.files.backup;

import dev.kloset.ConnectorContext;
import dev.kloset.ErrorRecord;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process of its own that walks and prints a line for each record: for another locale, or another user. */
public final class WalkProbe {

    private WalkProbe() {}

    /** The location comes in Base64, because Java decodes arguments by the locale. */
    public static void main(String[] arguments) throws Exception {
        String location = new String(Base64.getDecoder().decode(arguments[0]), StandardCharsets.UTF_8);
        try (var out = new BufferedWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8))) {
            WalkCollector found;
            try {
                found = WalkCollector.of(WalkCollector.importer(location, Map.of(), options -> options));
            } catch (IOException e) {
                out.write("refused " + e.getMessage());
                return;
            }
            for (FileRecord file : found.all(FileRecord.class)) {
                out.write(line(file));
            }
            for (XattrRecord xattr : found.all(XattrRecord.class)) {
                String value = new String(WalkCollector.bytes(xattr), StandardCharsets.UTF_8);
                out.write("xattr " + xattr.pathname() + " " + xattr.name() + "=" + value + "\n");
            }
            for (ErrorRecord error : found.errors()) {
                out.write("error " + error.pathname() + ": " + error.message() + "\n");
            }
        }
    }

    private static String line(FileRecord file) {
        String content = file.content().isEmpty()
                ? ""
                : " " + new String(WalkCollector.bytes(file), StandardCharsets.UTF_8);
        return file.info().mode() + " " + file.pathname() + (file.target().isEmpty() ? "" : " -> " + file.target())
                + content + "\n";
    }

    /** {@return the output of a probe for {@code location}, started by {@code prefix} under this locale} */
    public static List<String> lines(String location, String locale, String... prefix)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-cp", classPath(),
                WalkProbe.class.getName(),
                Base64.getEncoder().encodeToString(location.getBytes(StandardCharsets.UTF_8))));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", locale);
        builder.environment().put("LANG", locale);
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                .toList();
        if (process.waitFor() != 0) {
            throw new IOException("the probe failed: " + lines);
        }
        return lines;
    }

    public static String classPath() {
        return Stream.of(FilesImporter.class, ConnectorContext.class, WalkProbe.class)
                .map(WalkProbe::place)
                .collect(Collectors.joining(":"));
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
