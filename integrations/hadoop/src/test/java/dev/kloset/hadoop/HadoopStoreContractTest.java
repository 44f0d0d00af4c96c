package dev.kloset.hadoop;

import dev.kloset.Plugin;
import dev.kloset.hadoop.servers.MiniHdfs;
import dev.kloset.testkit.contract.CheckSettings;
import dev.kloset.testkit.junit.StoreContract;
import dev.kloset.testkit.subject.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** The store keeps every clause of the contract, on a real HDFS. */
class HadoopStoreContractTest extends StoreContract {

    private MiniHdfs cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = MiniHdfs.shared();
    }

    @Override
    protected Plugin plugin() {
        return HadoopPlugin.plugin();
    }

    @Override
    protected Map<String, String> config(Path directory) {
        return Stores.settings(cluster, "{temp}/repository");
    }

    /** Each call costs some round trips, and each sequence a repository. */
    @Override
    protected int rounds() {
        return Integer.getInteger("kloset.rounds", 10);
    }

    @Override
    protected Optional<Subject> process() {
        return main(HadoopPlugin.class.getName(), "storage");
    }

    @Override
    protected void configure(CheckSettings.Builder settings) {
        settings.limit(Duration.ofMinutes(12)).hungAfter(Duration.ofMinutes(3));
    }
}
