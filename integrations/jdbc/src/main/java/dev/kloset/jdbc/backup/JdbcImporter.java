package dev.kloset.jdbc.backup;

import dev.kloset.ConnectorContext;
import dev.kloset.DiagnosisStep;
import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.RecordSink;
import dev.kloset.exclude.Excludes;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.connect.Database;
import dev.kloset.jdbc.connect.JdbcUrl;
import dev.kloset.jdbc.layout.Layout;
import dev.kloset.resilience.LatestImport;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads one moment of a database. The moment is held by connections, which live at most as long as this process: whatever ends the
 * process ends the hold.
 */
public final class JdbcImporter implements Importer {

    /** The driver, the wire and an embedded database need memory too. */
    private static final int SHARE_OF_HEAP = 8;
    /** A host that acknowledges nothing for so long may be waiting for the end of the listing. */
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final SourceSettings settings;
    private final Database database;
    private final Excludes excludes;
    private final long memory;
    private final Duration quiet;
    private final LatestImport<HeldPoint> latest = new LatestImport<>();

    public JdbcImporter(ConnectorContext context, SourceSettings settings) throws IOException {
        this(context, settings, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, QUIET);
    }

    JdbcImporter(ConnectorContext context, SourceSettings settings, long memory, Duration quiet) throws IOException {
        this.settings = settings;
        this.memory = memory;
        this.quiet = quiet;
        this.database = Database.of(JdbcUrl.of(settings.location()), settings.connection(), true);
        this.excludes = Excludes.of(context.options().excludes());
    }

    @Override
    public String origin() {
        return database.name();
    }

    @Override
    public String type() {
        return "jdbc";
    }

    @Override
    public String root() {
        return "/";
    }

    /** A process that counts would hold a moment as well, and lock tables. */
    @Override
    public Set<LocationFlag> flags() {
        return Set.of(LocationFlag.STREAM);
    }

    @Override
    public void ping() throws IOException {
        database.ping();
    }

    @Override
    public List<DiagnosisStep> diagnosis() {
        List<DiagnosisStep> steps = new ArrayList<>(database.diagnosis());
        steps.add(DiagnosisStep.of("rights", () -> new Rights(database, this::isWanted).check()));
        String consistency = "consistency " + settings.consistency().name().toLowerCase(Locale.ROOT);
        steps.add(DiagnosisStep.of(consistency, () -> hold().close()));
        return steps;
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        HeldPoint own = latest.begin(hold());
        boolean stays = false;
        try {
            WatchedRecords watched = new WatchedRecords(records, own, quiet);
            new Backup(database.name(), database.dialect(), settings, this::isWanted, own,
                    new RowMemory(memory, quiet)).emit(watched);
            stays = !watched.await();
        } finally {
            if (!stays) {
                own.close();
            }
        }
    }

    private HeldPoint hold() throws IOException, InterruptedException {
        try {
            return new HeldPoint(database.dialect().point(database, settings.point(), this::isWanted));
        } catch (SQLException e) {
            throw new IOException("cannot hold a moment of " + database.name(), e);
        }
    }

    private boolean isWanted(TableName table) {
        return !excludes.prunes(Layout.table(table));
    }

    @Override
    public void close() throws IOException {
        latest.close();
    }
}
