package dev.kloset.packaging.manifest;

import dev.kloset.packaging.tool.Arguments;
import dev.kloset.packaging.tool.Jdk;
import dev.kloset.packaging.tool.PackagingException;
import dev.kloset.packaging.tool.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The project to package.
 *
 * @param sources the directory with a hand-written manifest and with files to add to the package, if it exists
 */
public record Project(Jdk jdk, String mainClass, List<Path> classPath, Optional<Path> sources,
        ManifestOverrides wishes) {

    public Project {
        classPath = List.copyOf(classPath);
    }

    public static Project of(Arguments arguments) throws UsageException, PackagingException, IOException {
        Jdk jdk = Jdk.of(arguments);
        List<Path> classPath = arguments.paths("class-path");
        for (Path element : classPath) {
            if (!Files.exists(element)) {
                throw new PackagingException(element + " on the class path does not exist: build the project first");
            }
        }
        Optional<Path> sources = arguments.optionalPath("sources").filter(Files::isDirectory);
        ManifestOverrides wishes = ManifestOverrides.of(arguments);
        Optional<Path> classes = arguments.optionalPath("classes");
        Optional<String> named = arguments.optional("main-class");
        return new Project(jdk, named.isPresent() ? named.get() : search(classes), classPath, sources, wishes);
    }

    private static String search(Optional<Path> classes) throws UsageException, PackagingException, IOException {
        return MainClass.find(classes
                .orElseThrow(() -> new UsageException("give --main-class, or --classes to search for it")));
    }

    /**
     * {@return the checked manifest, without the files that only an image has, and the schemas that it names}
     *
     * @param err receives warnings
     */
    public ResolvedManifest manifest(PrintStream err) throws PackagingException, IOException, InterruptedException {
        PluginDescription about = PluginDescription.ask(jdk, mainClass, classPath);
        Optional<Path> written = sources.map(directory -> directory.resolve(Manifest.FILE_NAME)).filter(Files::exists);
        if (written.isPresent()) {
            ManifestFile manifest = ManifestFile.read(written.get());
            ManifestRules.check(manifest.manifest(), sources, manifest::place).forEach(err::println);
            manifest.compare(about, wishes.name(about), mainClass);
            return ResolvedManifest.of(manifest.manifest(), about, sources, manifest::place);
        }
        Manifest generated = wishes.manifest(about);
        ManifestRules.check(generated, sources, key -> "the manifest made from " + mainClass).forEach(err::println);
        return ResolvedManifest.of(generated, about, sources, key -> "the manifest made from " + mainClass);
    }
}
