package dev.kloset.it;

import dev.kloset.Configuration;
import dev.kloset.ConnectorContext;
import dev.kloset.Content;
import dev.kloset.DiagnosisStep;
import dev.kloset.ExtensionJars;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Location;
import dev.kloset.Plugin;
import dev.kloset.RecordSink;
import dev.kloset.Setting;
import dev.kloset.sdk.Entrypoint;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** A plugin that reaches its source by a driver of the user's. */
final class DriversPlugin {

    private DriversPlugin() {}

    // tag::settings[]
    @Configuration("A database")
    record DatabaseSettings(Location location,
            @Setting("A directory of drivers that this package does not have") Optional<ExtensionJars> driverDir) {}
    // end::settings[]

    record DatabaseImporter(String url, Optional<ExtensionJars> drivers) implements Importer {

        DatabaseImporter(ConnectorContext context, DatabaseSettings settings) {
            this("jdbc:" + settings.location().path(), settings.driverDir());
        }

        // tag::connect[]
        private Connection connect() throws IOException, SQLException {
            List<Driver> known = drivers.isEmpty() ? List.of() : drivers.get().load(Driver.class);
            for (Driver driver : known) {
                if (driver.acceptsURL(url)) {
                    return driver.connect(url, new Properties()); // DriverManager does not see it
                }
            }
            throw new IOException("there is no driver for " + url + ": put its jar into driver_dir");
        }

        @Override
        public void close() throws IOException {
            if (drivers.isPresent()) {
                drivers.get().close();
            }
        }
        // end::connect[]

        @Override
        public List<DiagnosisStep> diagnosis() {
            return List.of(DiagnosisStep.of("connection", this::look));
        }

        private void look() throws IOException {
            try (Connection connection = connect()) {
                connection.getCatalog();
            } catch (SQLException e) {
                throw new IOException("cannot reach the database", e);
            }
        }

        @Override
        public String origin() {
            return url;
        }

        @Override
        public String type() {
            return "drivers";
        }

        @Override
        public String root() {
            return "/";
        }

        @Override
        public void importRecords(RecordSink records) throws IOException, InterruptedException {
            look();
            records.emit(FileRecord.file("/table", 1, Instant.EPOCH, Content.of("x")));
        }
    }

    /** Start it as a process. */
    public static void main(String[] args) {
        Entrypoint.run(args, Plugin.builder("drivers")
                .importer("drivers", DatabaseSettings.class, DatabaseImporter::new)
                .build());
    }
}
