package dev.kloset.jdbc.backup;

import dev.kloset.ByteSize;
import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;
import dev.kloset.jdbc.connect.ConnectionSettings;
import dev.kloset.jdbc.dialect.Consistency;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.dialect.PointSettings;
import java.time.Duration;

@Configuration("A database to back up")
public record SourceSettings(
        @Setting("The JDBC URL without a password, such as jdbc:postgresql://db.example.org/shop") Location location,
        ConnectionSettings connection,
        @Setting(value = "How the rows of different tables come to show one moment: several connections with one snapshot, a single connection, tables locked against writers, or none", defaultValue = "snapshot") Consistency consistency,
        @Setting(value = "How many connections read at once", defaultValue = "4", min = "1", max = "32") int connections,
        @Setting(value = "Roughly how many bytes of rows a file has: smaller files cost more metadata, and less storage for each changed row", defaultValue = "256KiB", min = "4KiB", max = "1GiB") ByteSize partSize,
        @Setting(value = "How long to wait for the lock of a table", defaultValue = "10s", min = "1s", max = "1h") Duration lockTimeout,
        @Setting(value = "What writes the SQL that makes the objects again: the database's own program if one of the right version is there, only that program, or only this plugin", defaultValue = "auto") DdlSource ddl,
        @Setting(value = "Whether objects that cannot be expressed in SQL fail the backup", defaultValue = "fail") DdlLoss ddlLoss) {

    PointSettings point() {
        return new PointSettings(consistency, connections, lockTimeout);
    }
}
