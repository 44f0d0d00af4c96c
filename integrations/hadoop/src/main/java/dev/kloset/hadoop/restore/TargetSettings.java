package dev.kloset.hadoop.restore;

import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;
import dev.kloset.hadoop.connect.ConnectionSettings;
import java.util.List;

@Configuration("A directory of a Hadoop file system to restore into")
public record TargetSettings(
        @Setting("Where to restore, such as hdfs://ns1/restored; hdfs:///x is in the file system that conf_dir names") Location location,
        ConnectionSettings connection,
        @Setting(value = "What happens to files that exist: they stay, they are replaced if the snapshot has a newer one, or they are replaced", defaultValue = "always") Overwrite overwrite,
        @Setting(value = "Whom files belong to: as before, for which you must be a superuser, as owner_map says, or to the user who restores", defaultValue = "keep") OwnerMode owner,
        @Setting("With owner=map, who gets what from whom: alice=bob, and @staff=users for groups; others belong to the user who restores") List<String> ownerMap,
        @Setting(value = "On how many DataNodes each block is: as before, or a number", pattern = "keep|[1-9]|[12][0-9]|3[0-2]", defaultValue = "keep") String replication,
        @Setting(value = "What happens to names with a colon, which HDFS does not allow: they are errors, or get %3A for it", defaultValue = "refuse") ColonMode colon) {

    /** {@return the number of replicas; 0 if it is that of the source} */
    short replicas() {
        return replication.equals("keep") ? 0 : Short.parseShort(replication);
    }
}
