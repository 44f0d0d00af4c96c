package dev.kloset.maven;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/** Make the directory that a package is made of: launcher, jars, runtime, start-up cache, manifest. */
@Mojo(name = "image", defaultPhase = LifecyclePhase.PACKAGE, requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
@SuppressWarnings("NullAway.Init")
final class ImageMojo extends ProjectMojo {

    /** The directory; it is emptied first. */
    @Parameter(defaultValue = "${project.build.directory}/image")
    File image;

    /** {@code bundled}, or {@code none} for a package that needs an installed Java. */
    @Parameter(property = "kloset.runtime", defaultValue = "bundled")
    String runtime;

    /** Modules of the runtime, instead of those that are found. */
    @Parameter(property = "kloset.modules")
    @Nullable
    String modules;

    /** Modules of the runtime, besides those that are found. */
    @Parameter(property = "kloset.addModules")
    @Nullable
    String addModules;

    /** A JDK for another system or processor, or its jmods. */
    @Parameter(property = "kloset.jmods")
    @Nullable
    File jmods;

    /** The most memory that the plugin may use for its objects, 16m or more. */
    @Parameter(property = "kloset.heap", defaultValue = "128m")
    String heap;

    /** Locations for the start-up cache, such as {@code importer=zip://{dir}/a.zip}. */
    @Parameter
    @Nullable
    List<String> training;

    /** Options for Java besides those of the launcher, such as {@code -XX:TieredStopAtLevel=1}. */
    @Parameter
    @Nullable
    List<String> javaOptions;

    @Override
    void run() throws MojoFailureException, MojoExecutionException, IOException {
        CommandLine line = describe(target(project.getBuild().getFinalName() + ".jar")).with("output", image)
                .with("runtime", runtime)
                .with("modules", modules)
                .with("add-modules", addModules)
                .with("jmods", jmods)
                .with("heap", heap)
                .withAll("training", training)
                .withAll("java-option", javaOptions);
        process().succeed("image", line);
    }
}
