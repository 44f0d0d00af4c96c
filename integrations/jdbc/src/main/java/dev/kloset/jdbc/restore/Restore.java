package dev.kloset.jdbc.restore;

import dev.kloset.ConfigException;
import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.export.ExportFailures;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.WriteMode;
import dev.kloset.jdbc.layout.CheckFile;
import dev.kloset.jdbc.layout.PointFile;
import dev.kloset.jdbc.layout.SqlFile;
import dev.kloset.jdbc.layout.TableFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What each file of a snapshot does to the database. Called in the order of the phases, by several threads within one. */
final class Restore {

    /** When a script of the whole database runs. */
    static final String BEFORE = "before";
    static final String AFTER = "after";

    private final Target target;
    private final TargetSettings settings;
    private final SchemaMap schemas;
    private final ExportFailures failures;
    private final Map<String, RestoredTable> tables = new ConcurrentHashMap<>(); // by directory
    private final Map<TableName, String> directories = new ConcurrentHashMap<>();
    private final Set<TableName> complete = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable IOException> unknown = new AtomicReference<>();
    private final Set<String> scripts = ConcurrentHashMap.newKeySet();
    private volatile SchemaMap places; // of tables; in statements only the names that the user has mapped change
    private volatile @Nullable PointFile whole; // there if the whole database is restored

    Restore(Target target, TargetSettings settings, SchemaMap schemas, ExportFailures failures) {
        this.target = target;
        this.settings = settings;
        this.schemas = schemas;
        this.places = schemas;
        this.failures = failures;
    }

    /** The first file: nothing is written if one of the tables is there. */
    void point(byte[] file) throws IOException, InterruptedException {
        PointFile point = PointFile.read(file);
        places = schemas.at(target.home(), point.tables());
        refuseSameNames(point.tables());
        if (settings.mode() == RestoreMode.CREATE) {
            List<String> existing = new ArrayList<>();
            for (TableName table : point.tables()) {
                TableName here = places.of(table);
                if (target.exists(here)) {
                    existing.add(here.toString());
                }
            }
            refuse(existing);
        }
        whole = point;
    }

    private void refuseSameNames(Collection<TableName> from) throws IOException {
        Set<TableName> here = new HashSet<>();
        for (TableName table : from) {
            if (!here.add(places.of(table))) {
                throw failures.stop(new ConfigException("two tables of the snapshot would come into "
                        + places.of(table) + ": give their schemas different names in schema_map"));
            }
        }
    }

    private void refuse(List<String> existing) throws IOException {
        if (!existing.isEmpty()) {
            String names = String.join(", ", existing.subList(0, Math.min(10, existing.size())))
                    + (existing.size() > 10 ? " and " + (existing.size() - 10) + " more" : "");
            throw failures.stop(new ConnectorException(ErrorKind.CONFIGURATION,
                    target.name() + " has " + names + " already, and mode=create does not touch what exists")
                    .hint("restore into an empty database, or choose mode=replace, append or upsert"));
        }
    }

    /** Statements of the whole database. They run only where they make everything new. */
    void script(String what, byte[] file) throws IOException, InterruptedException {
        scripts.add(what);
        PointFile point = whole;
        if (point != null && settings.mode() == RestoreMode.CREATE && isOwn(point.database())) {
            List<String> statements = schemas.of(SqlFile.read(file), target.dialect());
            try {
                target.run("run the statements " + what + " the rows in " + target.name(), statements);
            } catch (IOException e) {
                throw failures.stop(e);
            }
        }
    }

    private boolean isOwn(String database) {
        return database.equals(target.dialect().name());
    }

    void table(String directory, byte[] file) throws IOException, InterruptedException {
        TableFile description = TableFile.read(file);
        if (whole == null) {
            places = schemas.at(target.home(), List.of(description.table().name()));
        }
        Table table = places.of(description.table());
        String other = directories.putIfAbsent(table.name(), directory);
        if (other != null) {
            throw failures.stop(new ConfigException("two tables of the snapshot would come into " + table.name()
                    + ": give their schemas different names in schema_map"));
        }
        boolean isMade = makesAll(description.database());
        boolean existed = !isMade && target.exists(table.name());
        if (existed && settings.mode() == RestoreMode.CREATE) {
            refuse(List.of(table.name().toString()));
        }
        if (existed && settings.mode() == RestoreMode.REPLACE) {
            target.call("empty " + table.name(), connection -> {
                target.dialect().empty(connection, table.name());
                return true;
            });
        }
        if (!existed && !isMade && !isOwn(description.database())) {
            target.run("make " + table.name(), target.dialect().create(table));
        }
        long before = existed && settings.verify() ? target.count(table.name()) : 0;
        tables.put(directory, new RestoredTable(table, description.database(), existed, before));
    }

    /** {@return whether the statements of the whole database make the table} */
    private boolean makesAll(String database) {
        return whole != null && settings.mode() == RestoreMode.CREATE && isOwn(database);
    }

    /** Statements of a table that is restored alone. */
    void tableScript(String directory, byte[] file) throws IOException, InterruptedException {
        RestoredTable restored = restored(directory);
        if (!restored.existed() && isOwn(restored.database()) && !makesAll(restored.database())) {
            target.run("make " + restored.table().name(), schemas.of(SqlFile.read(file), target.dialect()));
        }
    }

    void rows(String directory, InputStream rows) throws IOException, InterruptedException {
        Table table = restored(directory).table();
        WriteMode mode = settings.mode() == RestoreMode.UPSERT ? WriteMode.UPSERT : WriteMode.INSERT;
        target.call("load rows into " + table.name(),
                connection -> target.dialect().write(connection, table, rows, mode));
    }

    void check(String directory, byte[] file) throws IOException, InterruptedException {
        RestoredTable restored = restored(directory);
        if (settings.verify()) {
            long expected = CheckFile.read(file).rows();
            boolean isMerged = settings.mode() == RestoreMode.UPSERT;
            long least = isMerged ? Math.max(expected, restored.before()) : expected + restored.before();
            compare(restored.table().name(), least, expected + restored.before());
        }
        complete.add(restored.table().name());
    }

    private void compare(TableName table, long least, long most) throws IOException, InterruptedException {
        long rows = target.count(table);
        if (rows < least) {
            throw new IOException(
                    String.format(Locale.ROOT, "%,d rows of %s missing after restore: %,d expected", least - rows,
                            table, least));
        }
        if (rows > most) {
            throw new IOException(
                    String.format(Locale.ROOT, "%,d rows too many in %s after restore: %,d expected", rows - most,
                            table, most));
        }
    }

    private RestoredTable restored(String directory) throws IOException {
        RestoredTable restored = tables.get(directory);
        if (restored == null) {
            throw new IOException("the file 00-table.json of this table was not restored, which says what table it is");
        }
        return restored;
    }

    /** A file that is none of a backup. Beside others it may stand for one that the host could not read. */
    void unknown(IOException failure) {
        unknown.compareAndSet(null, failure);
    }

    /** Everything has come: a table without its last file is missing, and so is what a script would have made. */
    void end() {
        Set<TableName> expected = new TreeSet<>();
        tables.values().forEach(table -> expected.add(table.table().name()));
        PointFile point = whole;
        IOException stray = unknown.get();
        if (stray != null && (point != null || !expected.isEmpty())) {
            failures.add(stray);
        }
        if (point != null) {
            point.tables().forEach(table -> expected.add(places.of(table)));
            if (makesAll(point.database())) {
                requireScript(BEFORE);
                if (settings.constraints() == Constraints.AFTER) {
                    requireScript(AFTER);
                }
            }
        }
        expected.removeAll(complete);
        expected.forEach(table -> failures.add(new IOException(table + " was not restored completely")));
    }

    private void requireScript(String what) {
        if (!scripts.contains(what)) {
            failures.add(new IOException("the script of what comes " + what + " the rows is missing in this restore"));
        }
    }
}
