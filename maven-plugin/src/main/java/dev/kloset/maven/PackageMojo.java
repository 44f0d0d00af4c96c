package dev.kloset.maven;

import java.io.File;
import java.io.IOException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** Make the file that users install. The goal builds the project first, and needs {@code plakar}. */
@Mojo(name = "package", threadSafe = true)
@Execute(phase = LifecyclePhase.PACKAGE)
@SuppressWarnings("NullAway.Init")
final class PackageMojo extends PackagingMojo {

    /** The image, made by the goal {@code image}. */
    @Parameter(defaultValue = "${project.build.directory}/image")
    File image;

    /** The program {@code plakar}, if it is not on the PATH. */
    @Parameter(property = "kloset.plakar")
    @Nullable
    String plakar;

    /** The version of the package. */
    @Parameter(property = "kloset.packageVersion", defaultValue = "${project.version}")
    String version;

    /** A JDK for another system or processor, or its jmods. */
    @Parameter(property = "kloset.jmods")
    @Nullable
    File jmods;

    @Override
    void run() throws MojoFailureException, MojoExecutionException, IOException {
        CommandLine line = new CommandLine().with("image", image)
                .with("output", project.getBuild().getDirectory())
                .with("version", version)
                .with("java-home", javaHome())
                .with("jmods", jmods)
                .with("plakar", plakar);
        process().succeed("package", line);
    }
}
