package dev.kloset.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.License;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.apache.maven.project.DefaultProjectBuildingRequest;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectBuilder;
import org.apache.maven.project.ProjectBuildingException;
import org.apache.maven.project.ProjectBuildingRequest;

/** What Maven knows of the jars on a plugin's class path: coordinates, and the licences in their POMs and in the parents of these. */
final class LibraryModels {

    private final MavenProject project;
    private final MavenSession session;
    private final ProjectBuilder builder;

    LibraryModels(MavenProject project, MavenSession session, ProjectBuilder builder) {
        this.project = project;
        this.session = session;
        this.builder = builder;
    }

    /** {@return GROUP:ARTIFACT:VERSION=FILE for each jar, that of the project itself being {@code own}} */
    List<String> coordinates(Path own) {
        List<String> lines = new ArrayList<>();
        lines.add(id(project.getArtifact()) + ":" + project.getVersion() + "=" + own);
        for (Artifact artifact : project.getArtifacts()) {
            if (artifact.getFile() != null) {
                lines.add(id(artifact) + ":" + artifact.getVersion() + "=" + artifact.getFile());
            }
        }
        return lines;
    }

    /** {@return GROUP:ARTIFACT=LICENCE for each licence of each jar} */
    List<String> licences() {
        List<String> lines = new ArrayList<>();
        add(lines, project.getArtifact(), project.getLicenses());
        for (Artifact artifact : project.getArtifacts()) {
            add(lines, artifact, licences(artifact));
        }
        return lines;
    }

    private static void add(List<String> lines, Artifact artifact, List<License> licences) {
        for (License licence : licences) {
            String name = licence.getName() == null ? licence.getUrl() : licence.getName();
            if (name != null) {
                lines.add(id(artifact) + "=" + name);
            }
        }
    }

    private List<License> licences(Artifact artifact) {
        ProjectBuildingRequest request = new DefaultProjectBuildingRequest(session.getProjectBuildingRequest());
        // Old POMs in repositories break rules of today; a missing one only leaves the licence out.
        request.setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL);
        request.setResolveDependencies(false);
        request.setProcessPlugins(false);
        request.setProject(null);
        try {
            return builder.build(artifact, true, request).getProject().getLicenses();
        } catch (ProjectBuildingException e) {
            return List.of();
        }
    }

    private static String id(Artifact artifact) {
        return artifact.getGroupId() + ":" + artifact.getArtifactId();
    }
}
