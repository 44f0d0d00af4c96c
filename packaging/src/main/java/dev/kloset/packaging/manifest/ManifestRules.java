package dev.kloset.packaging.manifest;

import dev.kloset.packaging.manifest.Manifest.Entry;
import dev.kloset.packaging.tool.PackagingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What the host accepts in a manifest, and what it would silently ignore. These are facts about Plakar v1.1.4, which does not
 * check the words for {@code class} and {@code subclass}: they are for its catalogue, whose vocabulary grows.
 */
final class ManifestRules {

    static final List<String> TYPES = List.of("importer", "exporter", "storage");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern PROTOCOL = Pattern.compile("[A-Za-z0-9+.-]{2,}");
    private static final Map<String, Set<String>> BUILT_IN = Map.of(
            "importer", Set.of("fs", "stdin", "tar", "tar+gz", "tar+gzip", "tgz"),
            "exporter", Set.of("fs", "stdout", "stderr"),
            "storage", Set.of("fs", "http", "https", "ptar", "ptar+http", "ptar+https"));
    private static final List<String> FLAGS = List.of("localfs", "file", "stream", "needack", "nomerge");
    // The host knows it as a flag of the answer to Init only, and refuses the whole package for the word.
    private static final String RUN_TIME_FLAG = "exportxattr";
    private static final List<String> CLASSES = List.of("unknown", "analytics", "block-storage", "compute", "database",
            "file-storage", "hypervisor", "identity", "messaging", "network", "object-storage", "observability",
            "registry",
            "security", "service");
    private static final List<String> SUBCLASSES = List.of("unknown", "azblob", "ftp", "gcs", "imap", "mongodb",
            "mysql",
            "pvc", "postgresql", "proxmox", "redis", "s3", "sftp");

    private final Manifest manifest;
    private final Optional<Path> sources;
    private final UnaryOperator<String> place;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private ManifestRules(Manifest manifest, Optional<Path> sources, UnaryOperator<String> place) {
        this.manifest = manifest;
        this.sources = sources;
        this.place = place;
    }

    /**
     * {@return warnings about content that is unusual but works}
     *
     * @param sources the directory of the files that the manifest names, if there are any
     * @param place tells where the author finds a key such as {@code connectors[0].protocols}
     * @throws PackagingException with all problems, one per line
     */
    static List<String> check(Manifest manifest, Optional<Path> sources, UnaryOperator<String> place)
            throws PackagingException, IOException {
        ManifestRules rules = new ManifestRules(manifest, sources, place);
        rules.check();
        if (!rules.problems.isEmpty()) {
            throw new PackagingException(String.join("\n", rules.problems));
        }
        return List.copyOf(rules.warnings);
    }

    /** {@return those of a connector's flags that a manifest may have} The others are announced when the plugin is started. */
    static List<String> flagsOfManifests(List<String> flags) {
        return flags.stream().filter(flag -> !flag.equals(RUN_TIME_FLAG)).toList();
    }

    private void check() throws IOException {
        if (manifest.name().isEmpty()) {
            problem("name", "there is no name; add one, which becomes the name of the package file");
        } else if (!NAME.matcher(manifest.name()).matches()) {
            problem("name", "Plakar installs no package that is called \"" + manifest.name()
                    + "\"; use only letters, digits and \"-\" (in Plugin.builder, or <name> of the Maven plugin)");
        }
        if (manifest.connectors().isEmpty()) {
            problem("connectors", "there is no connector; list at least one");
        }
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < manifest.connectors().size(); i++) {
            entry(manifest.connectors().get(i), "connectors[" + i + "]", taken);
        }
    }

    private void entry(Entry entry, String key, Set<String> taken) throws IOException {
        if (!TYPES.contains(entry.type())) {
            problem(key + ".type", "Plakar ignores connectors of the type \"" + entry.type() + "\"; write "
                    + (entry.type().equals("store") ? "storage" : "one of " + String.join(", ", TYPES)));
        }
        protocols(entry, key + ".protocols", taken);
        for (String flag : entry.flags()) {
            flag(flag, key + ".location_flags");
        }
        word(entry.category(), CLASSES, key + ".class", "class");
        word(entry.subclass(), SUBCLASSES, key + ".subclass", "subclass");
        executable(entry, key);
        files(entry, key);
    }

    private void protocols(Entry entry, String key, Set<String> taken) {
        if (entry.protocols().isEmpty()) {
            problem(key, "this " + entry.type() + " has no protocol, so it cannot be used; list at least one");
        }
        for (String protocol : entry.protocols()) {
            if (!PROTOCOL.matcher(protocol).matches()) {
                problem(key,
                        "Plakar would never find the protocol \"" + protocol + "\"; use at least two characters, only "
                                + "letters, digits, \"+\", \"-\" and \".\" (no \"_\")");
            } else if (BUILT_IN.getOrDefault(entry.type(), Set.of()).contains(protocol)) {
                problem(key, "Plakar has its own " + entry.type() + " for \"" + protocol
                        + "\" and refuses a package with another; choose a different protocol");
            } else if (!taken.add(entry.type() + " " + protocol)) {
                problem(key, "\"" + protocol + "\" has two connectors of the type " + entry.type() + "; remove one");
            }
        }
    }

    private void flag(String flag, String key) {
        if (flag.equals(RUN_TIME_FLAG)) {
            problem(key,
                    "Plakar v1.1 refuses the whole package for the flag \"" + RUN_TIME_FLAG
                            + "\", which only later versions read "
                            + "here; leave it out, the plugin announces it to every version when it is started");
        } else if (!FLAGS.contains(flag)) {
            problem(key, "Plakar refuses the whole package for the unknown flag \"" + flag + "\"; it knows "
                    + String.join(", ", FLAGS));
        }
    }

    private void word(String value, List<String> known, String key, String what) {
        if (!value.isEmpty() && !known.contains(value)) {
            warnings.add(place.apply(key) + ": Plakar v1.1.4 does not know the " + what + " \"" + value
                    + "\" and takes the package all the same; it knows " + String.join(", ", known));
        }
    }

    private void executable(Entry entry, String key) {
        String executable = entry.executable();
        if (executable.isEmpty()) {
            problem(key + ".executable", "there is no executable; name the launcher, such as " + manifest.name());
        } else if (!NAME.matcher(executable.replace(".", "").replace("_", "")).matches()) {
            problem(key + ".executable",
                    "\"" + executable + "\" cannot be the launcher, which lies in the package itself; "
                            + "give a file name of letters, digits, \"-\", \"_\" and \".\"");
        } else if (!executable.equals(manifest.executable())) {
            problem(key + ".executable", "there is one launcher for all connectors, \"" + manifest.executable()
                    + "\"; write it here too");
        }
        if (!entry.args().isEmpty() && !entry.args().equals(List.of(entry.type()))) {
            problem(key + ".args", "the plugin understands no arguments " + entry.args() + "; write [" + entry.type()
                    + "] or leave them out");
        }
    }

    private void files(Entry entry, String key) throws IOException {
        for (String file : entry.extraFiles()) {
            existing(file, key + ".extra_files");
        }
        if (!entry.validator().isEmpty()) {
            Optional<Path> validator = existing(entry.validator(), key + ".validator");
            if (validator.isPresent() && !isObject(validator.get())) {
                problem(key + ".validator",
                        validator.get() + " is not a JSON object, so Plakar would not pack it; correct it");
            }
        }
    }

    private Optional<Path> existing(String file, String key) {
        Path directory = sources.orElse(Path.of("src/main/kloset"));
        Path path = directory.resolve(file).normalize();
        if (!path.startsWith(directory)) {
            problem(key, "\"" + file + "\" is outside the package; put it below " + directory
                    + " and name it from there");
        } else if (Files.isDirectory(path)) {
            problem(key, "\"" + file + "\" is a directory, which Plakar does not pack; list its files");
        } else if (!Files.isRegularFile(path)) {
            problem(key, "the file " + path + " does not exist; create it, or remove \"" + file + "\" here");
        } else {
            return Optional.of(path);
        }
        return Optional.empty();
    }

    private static boolean isObject(Path file) throws IOException {
        try {
            String text = Files.readString(file);
            return text.strip().startsWith("{")
                    && new Load(LoadSettings.builder().build()).loadFromString(text) instanceof Map<?, ?>;
        } catch (YamlEngineException e) {
            return false;
        }
    }

    private void problem(String key, String sentence) {
        problems.add(place.apply(key) + ": " + sentence);
    }
}
