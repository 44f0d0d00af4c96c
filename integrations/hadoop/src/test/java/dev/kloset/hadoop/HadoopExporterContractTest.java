package dev.kloset.hadoop;

import dev.kloset.Plugin;
import dev.kloset.hadoop.servers.MiniHdfs;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.contract.PreservedAttribute;
import dev.kloset.testkit.junit.ExporterContract;
import dev.kloset.testkit.subject.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The exporter keeps every clause of the contract. */
class HadoopExporterContractTest extends ExporterContract {

    private Hdfs hdfs;

    @BeforeEach
    void start() throws Exception {
        hdfs = Hdfs.of(MiniHdfs.shared());
    }

    @AfterEach
    void stop() throws Exception {
        hdfs.close();
    }

    @Override
    protected Plugin plugin() {
        return HadoopPlugin.plugin();
    }

    @Override
    protected Map<String, String> config(Path directory) {
        return settings();
    }

    /** What stands for a directory begins with a slash. */
    private Map<String, String> settings(String... others) {
        Map<String, String> settings = hdfs.settings("", others);
        settings.put("location", hdfs.cluster.location() + hdfs.top + "{temp}");
        return settings;
    }

    @Override
    protected Set<PreservedAttribute> kept() {
        return Set.of(PreservedAttribute.DIRECTORIES, PreservedAttribute.MODES, PreservedAttribute.TIMES);
    }

    @Override
    protected Optional<Map<String, String>> readBack(Path directory) {
        return Optional.of(settings("consistency", "live"));
    }

    @Override
    protected Optional<Subject> process() {
        return main(HadoopPlugin.class.getName(), "exporter");
    }

    @Override
    protected void configure(CheckSettings.Builder settings) {
        settings.limit(Duration.ofMinutes(12)).hungAfter(Duration.ofMinutes(3));
    }
}
