package dev.kloset.jdbc.restore;

import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;
import dev.kloset.jdbc.connect.ConnectionSettings;
import java.util.List;

@Configuration("A database to restore into")
public record TargetSettings(
        @Setting("The JDBC URL without a password, such as jdbc:postgresql://db.example.org/restored") Location location,
        ConnectionSettings connection,
        @Setting(value = "What happens to tables that exist already: the restore is refused, their rows are replaced, or rows are added, perhaps in place of those with the same key", defaultValue = "create") RestoreMode mode,
        @Setting("Schemas to restore under another name, such as public=old") List<String> schemaMap,
        @Setting(value = "Whether keys, indexes, views and everything else that comes after the rows is made", defaultValue = "after") Constraints constraints,
        @Setting(value = "Count the rows of each table afterwards, and fail if some are missing", defaultValue = "true") boolean verify,
        @Setting(value = "How many connections write at once", defaultValue = "4", min = "1", max = "32") int connections) {}
