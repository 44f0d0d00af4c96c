package dev.kloset.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.ProjectBuilder;
import org.jspecify.annotations.Nullable;

/** Make the directory from which a package is made: launcher, jars, runtime, start-up cache, manifest. */
@Mojo(name = "image", defaultPhase = LifecyclePhase.PACKAGE, requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
@SuppressWarnings("NullAway.Init")
final class ImageMojo extends ProjectMojo {

    /** The directory to fill; the goal empties it first. */
    @Parameter(defaultValue = "${project.build.directory}/image")
    File image;

    /** The version of the package: what the plugin says of itself, and what Plakar shows. */
    @Parameter(property = "kloset.packageVersion", defaultValue = "${project.version}")
    String version;

    /** {@code bundled}, or {@code none} for a package that needs an installed Java. */
    @Parameter(property = "kloset.runtime", defaultValue = "bundled")
    String runtime;

    /** The modules of the runtime, instead of those that the build finds. */
    @Parameter(property = "kloset.modules")
    @Nullable
    String modules;

    /** Further modules of the runtime, or sets of them (kerberos, jdbc-drivers), besides those that the build finds. */
    @Parameter(property = "kloset.addModules")
    @Nullable
    String addModules;

    /** A JDK for another system or processor, or its jmods. */
    @Parameter(property = "kloset.jmods")
    @Nullable
    File jmods;

    /**
     * {@code bundled}, so that the package runs on systems with another C library too, such as Alpine; {@code none}; or the
     * directory of glibc for another processor.
     */
    @Parameter(property = "kloset.glibc", defaultValue = "bundled")
    String glibc;

    /** The largest heap of the plugin, 16m or more. */
    @Parameter(property = "kloset.heap", defaultValue = "128m")
    String heap;

    /** Locations to record the start-up cache with, such as {@code importer=zip://{dir}/a.zip}. */
    @Parameter
    @Nullable
    List<String> training;

    /** Options for Java besides those of the launcher, such as {@code -XX:TieredStopAtLevel=1}. */
    @Parameter
    @Nullable
    List<String> javaOptions;

    @Inject
    ProjectBuilder builder;

    @Override
    void run() throws MojoFailureException, MojoExecutionException, IOException {
        Path jar = target(project.getBuild().getFinalName() + ".jar");
        LibraryModels libraries = new LibraryModels(project, session, builder);
        CommandLine line = describe(jar).with("output", image)
                .with("version", version)
                .withAll("library", libraries.coordinates(jar))
                .withAll("library-license", libraries.licences())
                .with("runtime", runtime)
                .with("modules", modules)
                .with("add-modules", addModules)
                .with("jmods", jmods)
                .with("glibc", glibc)
                .with("heap", heap)
                .withAll("training", training)
                .withAll("java-option", javaOptions);
        List<Object> inputs = List.of(line.lines(), checksums(jar));
        if (inputs.equals(getPluginContext().get(key())) && image.isDirectory()) {
            getLog().info("this build has made " + image + " already");
            return;
        }
        process().succeed("image", line);
        remember(inputs);
    }

    /** The goal {@code package} builds the project first; after a phase of the same build it would do so a second time. */
    @SuppressWarnings("unchecked") // Maven 3 declares no types of keys and values.
    private void remember(List<Object> inputs) {
        getPluginContext().put(key(), inputs);
    }

    /** A jar may be made again with other times and the same content: the compiler of Kotlin writes all classes each time. */
    private static Map<String, Long> checksums(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().collect(Collectors.toMap(ZipEntry::getName, ZipEntry::getCrc));
        }
    }

    private String key() {
        return "inputs of " + image;
    }
}
