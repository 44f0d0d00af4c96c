package dev.kloset.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;
import org.jspecify.annotations.Nullable;

/** What all goals share: finding Java, and calling the packaging library. */
// Maven fills in the fields before it calls execute.
@SuppressWarnings("NullAway.Init")
abstract class PackagingMojo extends AbstractMojo {

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Parameter(defaultValue = "${plugin.artifacts}", readonly = true, required = true)
    List<Artifact> pluginArtifacts;

    /** The JDK 25 to use, instead of the one from a toolchain, JAVA_HOME or the usual directories. */
    @Parameter(property = "kloset.jdk")
    @Nullable
    File jdk;

    /** Skip this goal. */
    @Parameter(property = "kloset.skip", defaultValue = "false")
    boolean skip;

    @Inject
    ToolchainManager toolchains;

    /** Do the work. */
    abstract void run() throws MojoFailureException, MojoExecutionException, IOException;

    @Override
    public final void execute() throws MojoFailureException, MojoExecutionException {
        if (skip || "pom".equals(project.getPackaging())) {
            getLog().info("no plugin to package here");
            return;
        }
        try {
            run();
        } catch (IOException e) {
            throw new MojoExecutionException("cannot package " + project.getArtifactId() + ": " + e, e);
        }
    }

    /** {@return a directory below the project's {@code target}} */
    final Path target(String name) {
        return Path.of(project.getBuild().getDirectory()).resolve(name);
    }

    final Path javaHome() throws MojoFailureException {
        return new JavaHomes(toolchains.getToolchainFromBuildContext("jdk", session)).find(jdk);
    }

    final PackagingProcess process() throws MojoFailureException {
        List<String> jars = new ArrayList<>();
        for (Artifact artifact : pluginArtifacts) {
            jars.add(artifact.getFile().getPath());
        }
        return new PackagingProcess(javaHome(), String.join(File.pathSeparator, jars), target("kloset"), getLog());
    }
}
