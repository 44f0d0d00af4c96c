package dev.kloset.maven;

import java.io.File;
import java.io.IOException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Make the manifest from the code and the POM, or compare a manifest written by hand with them. */
@Mojo(name = "manifest", defaultPhase = LifecyclePhase.PROCESS_CLASSES, requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
@SuppressWarnings("NullAway.Init")
final class ManifestMojo extends ProjectMojo {

    /** The file to write. */
    @Parameter(defaultValue = "${project.build.directory}/kloset/manifest.yaml")
    File manifest;

    @Override
    void run() throws MojoFailureException, MojoExecutionException, IOException {
        process().succeed("manifest", describe(classes()).with("output", manifest));
    }
}
