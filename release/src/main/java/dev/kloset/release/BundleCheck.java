package dev.kloset.release;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rules of the portal of Maven Central (its pages "Requirements" and "Publishing By Uploading a Bundle"), and ours: SHA-256
 * and SHA-512 too, a licence and a name as a module in every jar, no address that was never set.
 */
final class BundleCheck {

    private static final long LARGEST = 1L << 30;

    private final Path root;
    private final long size;
    private final Signatures signatures;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param root the unpacked bundle
     * @param size the size of the zip file
     */
    BundleCheck(Path root, long size, Signatures signatures) {
        this.root = root;
        this.size = size;
        this.signatures = signatures;
    }

    /** {@return each broken rule as a sentence} */
    List<String> problems() throws IOException, InterruptedException {
        problems.clear();
        if (size > LARGEST) {
            problem("the bundle", "is larger than 1 GiB");
        }
        Map<Path, List<Path>> directories = new TreeMap<>(
                Bundle.files(root)
                        .stream()
                        .collect(Collectors.groupingBy(file -> Objects.requireNonNull(file.getParent()))));
        if (directories.isEmpty()) {
            problem("the bundle", "has no files");
        }
        List<Pom> poms = new ArrayList<>();
        for (Path directory : directories.keySet()) {
            poms.addAll(pom(directory));
        }
        for (Pom pom : poms) {
            checkPom(pom, poms);
            checkJars(pom);
        }
        for (List<Path> files : directories.values()) {
            checkCompanions(files);
        }
        return List.copyOf(problems);
    }

    private void problem(Object where, String what) {
        problems.add((where instanceof Path path ? root.relativize(path) : where) + " " + what);
    }

    /** {@return the POM of a directory, if it has one and lies where its coordinates say} */
    private List<Pom> pom(Path directory) throws IOException {
        String version = String.valueOf(directory.getFileName());
        Path parent = Objects.requireNonNull(directory.getParent());
        Path file = directory.resolve(parent.getFileName() + "-" + version + ".pom");
        if (!Files.exists(file)) {
            problem(directory, "has no POM " + file.getFileName() + ", so it is no artifact with that version");
            return List.of();
        }
        Pom pom = Pom.read(file);
        Path right = root.resolve(pom.group().replace('.', '/')).resolve(pom.artifact()).resolve(pom.version());
        if (!right.equals(directory)) {
            problem(file, "is the POM of " + pom.coordinates() + ", which lies in " + root.relativize(right));
        }
        if (version.endsWith("-SNAPSHOT")) {
            problem(directory, "is a snapshot: set the version of the release first");
        }
        return List.of(pom);
    }

    private void checkPom(Pom pom, List<Pom> all) {
        Pom.Chain chain = new Pom.Chain(pom, all);
        for (String element : List.of("name", "description", "url", "licenses/license/name", "licenses/license/url",
                "developers/developer/name", "scm/url", "scm/connection")) {
            String value = chain.value(element);
            if (value.isEmpty()) {
                problem(pom.file(), "lacks " + element);
            } else if (value.contains("${")) {
                problem(pom.file(), "has a property without a value in " + element + ": " + value);
            } else if (value.contains(".example/") || value.endsWith(".example")) {
                problem(pom.file(), "has an address that stands for one to come in " + element + ": " + value);
            }
        }
    }

    private void checkJars(Pom pom) throws IOException {
        if (pom.packaging().equals("pom")) {
            return;
        }
        for (String kind : List.of("", "-sources", "-javadoc")) {
            Path jar = pom.sibling(kind + ".jar");
            if (Files.exists(jar)) {
                JarRules.problems(jar, kind.isEmpty() ? pom : null).forEach(problem -> problem(jar, problem));
            } else {
                problem(pom.file(), "has no " + jar.getFileName() + " beside it");
            }
        }
    }

    private void checkCompanions(List<Path> files) throws IOException, InterruptedException {
        Set<Path> all = Set.copyOf(files);
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            String suffix = name.substring(name.lastIndexOf('.'));
            if (Bundle.CHECKSUMS.containsKey(suffix) || suffix.equals(".asc")) {
                if (!all.contains(file.resolveSibling(name.substring(0, name.length() - suffix.length())))) {
                    problem(file, "belongs to no file");
                }
            } else if (name.startsWith("maven-metadata")) {
                problem(file, "is metadata of a repository, which the portal makes itself");
            } else {
                checkChecksums(file);
                checkSignature(file);
            }
        }
    }

    private void checkChecksums(Path file) throws IOException {
        for (String suffix : Bundle.CHECKSUMS.keySet().stream().sorted().toList()) {
            Path checksum = file.resolveSibling(file.getFileName() + suffix);
            if (!Files.exists(checksum)) {
                problem(file, "has no " + suffix);
            } else if (!Files.readString(checksum, StandardCharsets.US_ASCII)
                    .equals(Bundle.checksum(suffix, Files.readAllBytes(file)))) {
                problem(file, "has another checksum than the file " + suffix + " says");
            }
        }
    }

    private void checkSignature(Path file) throws IOException, InterruptedException {
        Path signature = file.resolveSibling(file.getFileName() + ".asc");
        if (!Files.exists(signature)) {
            problem(file, "has no signature .asc");
        } else if (!signatures.valid(signature, file)) {
            problem(file, "has a signature that is not valid, or by a key that this machine does not know");
        }
    }
}
