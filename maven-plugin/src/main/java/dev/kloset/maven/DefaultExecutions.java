package dev.kloset.maven;

import java.util.List;
import org.apache.maven.AbstractMavenLifecycleParticipant;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;

/** Binds the goals for a POM that names the plugin with {@code <extensions>true</extensions>} but without executions. */
public final class DefaultExecutions extends AbstractMavenLifecycleParticipant {

    private static final String KEY = "dev.kloset:kloset-maven-plugin";

    /** Called by Maven's container. */
    public DefaultExecutions() {}

    @Override
    public void afterProjectsRead(MavenSession session) {
        for (MavenProject project : session.getProjects()) {
            Plugin plugin = project.getPlugin(KEY);
            if (plugin != null && plugin.isExtensions() && plugin.getExecutions().isEmpty()) {
                bind(plugin, "manifest", "process-classes");
                bind(plugin, "image", "package");
                plugin.flushExecutionMap();
            }
        }
    }

    private static void bind(Plugin plugin, String goal, String phase) {
        PluginExecution execution = new PluginExecution();
        execution.setId("default-" + goal);
        execution.setGoals(List.of(goal));
        execution.setPhase(phase);
        execution.setConfiguration(plugin.getConfiguration());
        plugin.addExecution(execution);
    }
}
