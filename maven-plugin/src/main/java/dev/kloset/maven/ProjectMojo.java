package dev.kloset.maven;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Developer;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that reads the project: its classes and its POM. */
@SuppressWarnings("NullAway.Init")
abstract class ProjectMojo extends PackagingMojo {

    /** The class with the main method; by default the one that calls {@code Entrypoint}. */
    @Parameter(property = "kloset.mainClass")
    @Nullable
    String mainClass;

    /** The name of the package; by default that of the {@code Plugin}. */
    @Parameter
    @Nullable
    String name;

    /** The name that people read. */
    @Parameter(defaultValue = "${project.name}")
    @Nullable
    String displayName;

    /** A description in one sentence. */
    @Parameter(defaultValue = "${project.description}")
    @Nullable
    String description;

    /** The page where users can read more. */
    @Parameter(defaultValue = "${project.url}")
    @Nullable
    String homepage;

    /** The licence; by default that of the POM. */
    @Parameter
    @Nullable
    String license;

    /** The contact; by default the first developer of the POM. */
    @Parameter
    @Nullable
    String contact;

    /** Keywords for users who search for a plugin. */
    @Parameter
    @Nullable
    List<String> tags;

    /** The tier, such as {@code community}. */
    @Parameter
    @Nullable
    String tier;

    /** What the connectors connect to, such as {@code file-storage}, or {@code importer=database exporter=file-storage}. */
    @Parameter
    @Nullable
    String connectorClass;

    /** The subclass, such as {@code s3}; can differ by kind of connector, as above. */
    @Parameter
    @Nullable
    String connectorSubclass;

    /** The name of a JSON schema below {@link #sources}; can differ by kind of connector, as above. */
    @Parameter
    @Nullable
    String validator;

    /** The name of the launcher; by default that of the plugin. */
    @Parameter
    @Nullable
    String executable;

    /** Files to add to the package, and a {@code manifest.yaml} written by hand. */
    @Parameter(defaultValue = "${project.basedir}/src/main/kloset")
    File sources;

    /** {@return the options that describe the project; the class path starts with {@code own}} */
    final CommandLine describe(Path own) throws MojoFailureException {
        return new CommandLine().with("class-path", classPath(own))
                .with("main-class", mainClass)
                .with("classes", project.getBuild().getOutputDirectory())
                .with("sources", sources)
                .with("java-home", javaHome())
                .with("name", name)
                .with("display-name", displayName)
                .with("description", description)
                .with("homepage", homepage)
                .with("license", license == null ? firstLicense() : license)
                .with("contact", contact == null ? firstDeveloper() : contact)
                .withAll("tag", tags)
                .with("tier", tier)
                .withWords("class", connectorClass)
                .withWords("subclass", connectorSubclass)
                .withWords("validator", validator)
                .with("executable", executable);
    }

    final Path classes() {
        return Path.of(project.getBuild().getOutputDirectory());
    }

    private String classPath(Path own) throws MojoFailureException {
        if (!Files.exists(own)) {
            throw new MojoFailureException(own + " does not exist: write a class that calls dev.kloset.sdk.Entrypoint,"
                    + " and call mvn package or a later phase");
        }
        List<String> elements = new ArrayList<>(List.of(own.toString()));
        for (Artifact artifact : project.getArtifacts()) {
            if (artifact.getArtifactHandler().isAddedToClasspath() && isAtRunTime(artifact)) {
                elements.add(artifact.getFile().getPath());
            }
        }
        return String.join(File.pathSeparator, elements);
    }

    private static boolean isAtRunTime(Artifact artifact) {
        return Artifact.SCOPE_COMPILE.equals(artifact.getScope()) || Artifact.SCOPE_RUNTIME.equals(artifact.getScope());
    }

    private @Nullable String firstLicense() {
        return project.getLicenses().isEmpty() ? null : project.getLicenses().get(0).getName();
    }

    private @Nullable String firstDeveloper() {
        if (project.getDevelopers().isEmpty()) {
            return null;
        }
        Developer developer = project.getDevelopers().get(0);
        String called = developer.getName() == null ? "" : developer.getName();
        return developer.getEmail() == null ? called : (called + " <" + developer.getEmail() + ">").strip();
    }
}
