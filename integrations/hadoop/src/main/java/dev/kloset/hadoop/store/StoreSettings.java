package dev.kloset.hadoop.store;

import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;
import dev.kloset.hadoop.connect.ConnectionSettings;
import java.util.Optional;

@Configuration("A directory of HDFS with a repository")
public record StoreSettings(
        @Setting("Where the repository is, such as hdfs://ns1/backups/repository; hdfs:///x is in the file system that conf_dir names") Location location,
        ConnectionSettings connection,
        @Setting(value = "On how many DataNodes each block is: as the directory and conf_dir say, or a number", pattern = "keep|[1-9]|[12][0-9]|3[0-2]", defaultValue = "keep") String replication) {

    /** {@return the number of replicas, unless it is the directory's} */
    Optional<Short> replicas() {
        return replication.equals("keep") ? Optional.empty() : Optional.of(Short.valueOf(replication));
    }
}
