package dev.kloset.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is packaged.
 *
 * @param sources the directory of a hand-written manifest and of files to add to the package, if there is one
 */
record Project(Jdk jdk, String mainClass, List<Path> classPath, Optional<Path> sources, Wishes wishes) {

    Project {
        classPath = List.copyOf(classPath);
    }

    static Project of(Arguments arguments) throws UsageException, PackagingException, IOException {
        Jdk jdk = Jdk.of(arguments);
        List<Path> classPath = arguments.paths("class-path");
        for (Path element : classPath) {
            if (!Files.exists(element)) {
                throw new PackagingException(element + " on the class path does not exist: build the project first");
            }
        }
        Optional<Path> sources = arguments.optionalPath("sources").filter(Files::isDirectory);
        Wishes wishes = Wishes.of(arguments);
        Optional<Path> classes = arguments.optionalPath("classes");
        Optional<String> named = arguments.optional("main-class");
        return new Project(jdk, named.isPresent() ? named.get() : search(classes), classPath, sources, wishes);
    }

    private static String search(Optional<Path> classes) throws UsageException, PackagingException, IOException {
        return MainClass.find(classes
                .orElseThrow(() -> new UsageException("give --main-class, or --classes to search for it")));
    }

    /** {@return the manifest, checked, without the files that only an image has, and the schemas that it names} */
    Schemas manifest() throws PackagingException, IOException, InterruptedException {
        About about = About.ask(jdk, mainClass, classPath);
        Optional<Path> written = sources.map(directory -> directory.resolve(Manifest.FILE_NAME)).filter(Files::exists);
        if (written.isPresent()) {
            WrittenManifest manifest = WrittenManifest.read(written.get());
            ManifestRules.check(manifest.manifest(), sources, manifest::place);
            manifest.compare(about, wishes.name(about), mainClass);
            return Schemas.of(manifest.manifest(), about, sources, manifest::place);
        }
        Manifest generated = wishes.manifest(about);
        ManifestRules.check(generated, sources, key -> "the manifest made from " + mainClass);
        return Schemas.of(generated, about, sources, key -> "the manifest made from " + mainClass);
    }
}
