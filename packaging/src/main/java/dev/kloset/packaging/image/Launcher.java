package dev.kloset.packaging.image;

import dev.kloset.packaging.manifest.Project;
import dev.kloset.packaging.tool.Directories;
import dev.kloset.packaging.tool.PackagingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The script that Plakar starts, generated from the SDK's template.
 *
 * @param version the version of the package, or empty
 * @param heap the most that the plugin may use, in MiB
 * @param interpreter the loader that a system needs for the bundled Java, or empty
 */
record Launcher(Project project, String version, long heap, String options, List<String> libraries,
        List<String> training,
        String interpreter) {

    private static final String TEMPLATE = "dev/kloset/sdk/launcher/launcher.sh";
    private static final Pattern TOKEN = Pattern.compile("@([a-z]+\\.[a-z]+)@");
    private static final Pattern SDK = Pattern.compile("lib/kloset-(api|wire|sdk|resilience)-[0-9].*\\.jar");
    private static final Pattern LOCATION = Pattern.compile("[A-Za-z0-9{}:/=+.,@%~_-]+");

    Launcher {
        libraries = List.copyOf(libraries);
        training = List.copyOf(training);
    }

    void write(Path file) throws PackagingException, IOException {
        for (String location : training) {
            // Locations become part of a shell script.
            if (!LOCATION.matcher(location).matches()) {
                throw new PackagingException(
                        "the location \"" + location + "\" for the training run has characters that "
                                + "cannot appear in the launcher; use letters, digits and {}:/=+.,@%~_-");
            }
        }
        Map<String, String> values = Map.of("plugin.unpacks", hasOthersCode() ? "true" : "", "plugin.main",
                project.mainClass(), "plugin.version", version,
                "plugin.mebibytes",
                Long.toString(heap), "plugin.options",
                options, "java.version",
                "25",
                "plugin.classpath", String.join(" ", libraries), "plugin.training", String.join(" ", training),
                "java.interpreter", interpreter);
        Matcher tokens = TOKEN.matcher(template());
        StringBuilder script = new StringBuilder();
        while (tokens.find()) {
            String value = values.get(tokens.group(1));
            if (value == null) {
                throw new PackagingException(
                        "the launcher of this SDK wants \"" + tokens.group(1) + "\", which this version "
                                + "of the packaging does not know: use the same version of both");
            }
            tokens.appendReplacement(script, Matcher.quoteReplacement(value));
        }
        Directories.writeProgram(file, tokens.appendTail(script).toString());
    }

    /** {@return whether a jar is neither the SDK's nor the plugin's own, or one jar holds everything} */
    private boolean hasOthersCode() {
        long others = libraries.stream().filter(library -> !SDK.matcher(library).matches()).count();
        return others > 1 || others == libraries.size();
    }

    private String template() throws PackagingException, IOException {
        for (Path element : project.classPath()) {
            if (Files.isDirectory(element)) {
                if (Files.exists(element.resolve(TEMPLATE))) {
                    return Files.readString(element.resolve(TEMPLATE));
                }
            } else {
                try (ZipFile jar = new ZipFile(element.toFile())) {
                    ZipEntry entry = jar.getEntry(TEMPLATE);
                    if (entry != null) {
                        try (InputStream in = jar.getInputStream(entry)) {
                            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                        }
                    }
                }
            }
        }
        throw new PackagingException(
                "the class path has no kloset-sdk jar with a launcher: depend on dev.kloset:kloset-sdk");
    }
}
