package dev.kloset.packaging;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file that users install.
 *
 * @param directory where it is put
 * @param jmods of the platform that the image is for, if it is not this one
 */
record PackageFile(Path image, Path directory, String version, Plakar plakar, Jdk jdk, Optional<Path> jmods) {

    // semver.org, with the v that Go wants.
    private static final Pattern VERSION = Pattern.compile("v(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
            + "(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?");

    static PackageFile of(Arguments arguments) throws UsageException, PackagingException {
        Optional<Path> other = arguments.optionalPath("jmods");
        return new PackageFile(arguments.path("image"), arguments.path("output"), version(arguments.text("version")),
                Plakar.of(arguments), Jdk.of(arguments),
                other.isPresent() ? Optional.of(Platform.jmods(other.get())) : Optional.empty());
    }

    /** {@return {@code 1.2-SNAPSHOT} as {@code v1.2.0-snapshot}} */
    static String version(String given) throws PackagingException {
        String text = given.startsWith("v") ? given.substring(1) : given;
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        String numbers = text.substring(0, end);
        String rest = text.substring(end).toLowerCase(Locale.ROOT);
        for (long dots = numbers.chars().filter(c -> c == '.').count(); dots < 2; dots++) {
            numbers += ".0";
        }
        String version = "v" + numbers + rest;
        if (!VERSION.matcher(version).matches() || version.contains("_")) {
            throw new PackagingException(
                    "Plakar knows no version \"" + given + "\": it takes three numbers and perhaps a "
                            + "suffix, such as 1.2.0 or 1.2.0-rc.1");
        }
        return version;
    }

    /** {@return the file} */
    Path make(PrintStream out) throws PackagingException, IOException, InterruptedException {
        Path manifest = image.resolve(Manifest.FILE_NAME);
        if (!Files.exists(manifest)) {
            throw new PackagingException(image + " is no image, it has no " + Manifest.FILE_NAME + ": make it first");
        }
        Platform platform = jmods.isPresent() ? Platform.of(jdk, jmods.get()) : Platform.here();
        String name = WrittenManifest.read(manifest).manifest().name();
        Path file = Files.createDirectories(directory)
                .resolve(name + "_" + version + "_" + platform.os() + "_" + platform.arch() + ".ptar");
        Files.deleteIfExists(file);
        plakar.create(manifest, version, file, platform);
        out.println("package: " + file + " (" + Files.size(file) / (1024 * 1024) + " MiB)");
        out.println("install it with: plakar pkg add " + file);
        return file;
    }
}
