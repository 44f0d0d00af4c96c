package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.dialect.DdlSource;
import dev.kloset.jdbc.dialect.postgresql.point.PostgreSqlPoint;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes the scripts of a database: with pg_dump or from the catalogue, and with what pg_dump leaves to its data. */
public final class ScriptMaker {

    /** What each of our sessions sets for itself. */
    private static final Pattern SET = Pattern.compile("SET (?!default_).*|SELECT pg_catalog\\.set_config\\(.*",
            Pattern.DOTALL);
    private static final Pattern SCHEMA = Pattern.compile("^CREATE SCHEMA ");

    private final PostgreSqlPoint point;
    private final Connection leader;
    private final List<Table> tables;

    public ScriptMaker(PostgreSqlPoint point, List<Table> tables) {
        this.point = point;
        this.leader = point.leader();
        this.tables = tables;
    }

    public Scripts make(DdlSource source) throws SQLException, IOException, InterruptedException {
        Optional<PgDump> program = source == DdlSource.CATALOG ? Optional.empty() : PgDump.find(point.server());
        if (program.isEmpty() && source == DdlSource.TOOL) {
            throw new ConnectorException(ErrorKind.CONFIGURATION,
                    "there is no pg_dump of version " + point.server().major()
                            + " or newer on the PATH: install postgresql-client-" + point.server().major()
                            + ", or set ddl=catalog");
        }
        List<String> lost = new ArrayList<>(LostObjects.always(leader));
        List<String> before;
        List<String> after = new ArrayList<>(SequenceValues.all(leader));
        if (program.isPresent()) {
            before = statements(program.get().section(point, "pre-data"));
            after.addAll(statements(program.get().section(point, "post-data")));
        } else {
            CatalogScripts catalog = CatalogScripts.read(leader);
            before = catalog.before();
            after.addAll(catalog.after());
            lost.addAll(LostObjects.ofCatalog(leader));
        }
        ExcludedTables excluded = ExcludedTables.of(leader, tables);
        after.removeIf(excluded::makes);
        lost.addAll(excluded.lost());
        after.addAll(DatabaseSettings.read(leader));
        after.addAll(MaterializedViews.refresh(leader));
        TableScripts alone = TableScripts.read(leader, tables);
        return new Scripts(before, alone.tables(), alone.tableAfter(), after, lost);
    }

    private static List<String> statements(String script) {
        return SqlSplitter.split(script)
                .stream()
                .filter(statement -> !SET.matcher(statement).matches())
                .map(statement -> SCHEMA.matcher(statement).replaceFirst("CREATE SCHEMA IF NOT EXISTS "))
                .toList();
    }
}
