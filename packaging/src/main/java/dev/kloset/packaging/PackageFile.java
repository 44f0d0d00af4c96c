package dev.kloset.packaging;

import dev.kloset.packaging.manifest.Manifest;
import dev.kloset.packaging.manifest.ManifestFile;
import dev.kloset.packaging.sbom.Sbom;
import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.Jdk;
import dev.kloset.packaging.tool.PackageVersion;
import dev.kloset.packaging.tool.PackagingException;
import dev.kloset.packaging.tool.Plakar;
import dev.kloset.packaging.tool.Platform;
import dev.kloset.packaging.tool.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file that users install.
 *
 * @param directory the directory for the file
 * @param jmods the jmods of the image's platform, if it is not this one
 */
record PackageFile(Path image, Path directory, String version, Plakar plakar, Jdk jdk, Optional<Path> jmods) {

    static PackageFile of(Arguments arguments) throws UsageException, PackagingException {
        Optional<Path> other = arguments.optionalPath("jmods");
        return new PackageFile(arguments.path("image"), arguments.path("output"),
                PackageVersion.of(arguments.text("version")),
                Plakar.of(arguments), Jdk.of(arguments),
                other.isPresent() ? Optional.of(Platform.jmods(other.get())) : Optional.empty());
    }

    /** {@return the path of the new file} */
    Path make(PrintStream out) throws PackagingException, IOException, InterruptedException {
        Path manifest = image.resolve(Manifest.FILE_NAME);
        if (!Files.exists(manifest)) {
            throw new PackagingException(
                    image + " is not an image: it has no " + Manifest.FILE_NAME + "; make one first");
        }
        Optional<String> made = Sbom.versionIn(image);
        if (made.isPresent() && !made.get().equals(version)) {
            throw new PackagingException("the plugin in " + image + " would say that it is " + made.get() + ", and the "
                    + "package " + version + ": make the image with the version of the package");
        }
        Platform platform = jmods.isPresent() ? Platform.of(jdk, jmods.get()) : Platform.here();
        String name = ManifestFile.read(manifest).manifest().name();
        Path file = Files.createDirectories(directory)
                .resolve(name + "_" + version + "_" + platform.os() + "_" + platform.arch() + ".ptar");
        Files.deleteIfExists(file);
        plakar.create(manifest, version, file, platform);
        out.println("package: " + file + " (" + Files.size(file) / (1024 * 1024) + " MiB)");
        out.println("install it with: plakar pkg add " + file);
        return file;
    }
}
