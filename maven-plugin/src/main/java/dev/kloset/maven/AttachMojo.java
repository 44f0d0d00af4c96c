package dev.kloset.maven;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/** Make a package that connects Plakar to the plugin running in your IDE: install it once, then edit and debug. */
@Mojo(name = "attach", requiresDependencyResolution = ResolutionScope.RUNTIME)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
@SuppressWarnings("NullAway.Init")
final class AttachMojo extends ProjectMojo {

    /** The socket on which the plugin in the IDE listens. */
    @Parameter(property = "kloset.socket", defaultValue = "${java.io.tmpdir}/${project.artifactId}.socket")
    String socket;

    /** The program {@code plakar}, if it is not on the PATH. */
    @Parameter(property = "kloset.plakar")
    @Nullable
    String plakar;

    /** The version of the package. */
    @Parameter(property = "kloset.packageVersion", defaultValue = "${project.version}")
    String version;

    @Override
    void run() throws MojoFailureException, MojoExecutionException, IOException {
        Path image = target("kloset/attach");
        PackagingProcess process = process();
        process.succeed("attach", describe(classes()).with("output", image).with("socket", socket));
        process.succeed("package", new CommandLine().with("image", image)
                .with("output", image.resolveSibling("attach-package"))
                .with("version", version)
                .with("java-home", javaHome())
                .with("plakar", plakar));
    }
}
