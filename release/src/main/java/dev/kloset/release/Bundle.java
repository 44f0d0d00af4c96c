package dev.kloset.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The zip file that the portal takes: a Maven repository with one version, with checksums of every file but the signatures. */
final class Bundle {

    static final Map<String, String> CHECKSUMS = Map.of(".md5", "MD5", ".sha1", "SHA-1", ".sha256", "SHA-256",
            ".sha512",
            "SHA-512");

    private static final LocalDateTime SOME_TIME = LocalDateTime.of(2020, 1, 1, 0, 0);

    private Bundle() {}

    /** Write the bundle. Deploying has left metadata and jars of tests beside it, which no release contains. */
    static void write(Path staging, String version, Path bundle) throws IOException {
        List<Path> files = files(staging).stream().filter(file -> belongs(file, version)).toList();
        Files.createDirectories(Objects.requireNonNull(bundle.toAbsolutePath().getParent()));
        try (OutputStream out = Files.newOutputStream(bundle); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path file : files) {
                String name = staging.relativize(file).toString();
                byte[] bytes = Files.readAllBytes(file);
                put(zip, name, bytes);
                if (!name.endsWith(".asc")) {
                    for (String suffix : CHECKSUMS.keySet().stream().sorted().toList()) {
                        put(zip, name + suffix, checksum(suffix, bytes).getBytes(StandardCharsets.US_ASCII));
                    }
                }
            }
        }
    }

    private static boolean belongs(Path file, String version) {
        String name = String.valueOf(file.getFileName());
        return Objects.requireNonNull(file.getParent()).endsWith(version) && !name.startsWith("maven-metadata")
                && !name.contains("-tests.jar") && CHECKSUMS.keySet().stream().noneMatch(name::endsWith);
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(SOME_TIME);
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    /** {@return the checksum that belongs into the file with this suffix, in hexadecimal} */
    static String checksum(String suffix, byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance(Objects.requireNonNull(CHECKSUMS.get(suffix)));
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has these digests", e);
        }
    }

    static void unpack(Path bundle, Path directory) throws IOException {
        try (InputStream in = Files.newInputStream(bundle); ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName()).normalize();
                if (!file.startsWith(directory)) {
                    throw new IOException(bundle + " has a file outside of itself: " + entry.getName());
                }
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** {@return all files below a directory, in order} */
    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
