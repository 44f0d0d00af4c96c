package dev.kloset.jdbc.dialect.derby;

import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the scripts of a database of its catalogue. For one thread. */
final class DerbyScripts {

    private static final String USERS_SCHEMAS = "S.SCHEMANAME NOT IN ('SYS', 'SYSIBM', 'SYSCS_UTIL', 'SYSCS_DIAG', 'SYSCAT', 'SYSFUN', "
            + "'SYSPROC', 'SYSSTAT', 'NULLID', 'SQLJ')";

    /** The database makes a sequence of such a name for each identity. */
    private static final String OF_IDENTITY = "U[0-9a-f]{8}X.*";

    private final Connection connection;
    private final List<Table> tables;
    private final List<String> before = new ArrayList<>();
    private final Map<TableName, List<String>> creates = new HashMap<>();
    private final Map<TableName, List<String>> own = new HashMap<>();
    private final List<String> after = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    DerbyScripts(Connection connection, List<Table> tables) {
        this.connection = connection;
        this.tables = List.copyOf(tables);
    }

    Scripts make() throws SQLException {
        sequences();
        List<String> foreignKeys = new ArrayList<>();
        Set<TableName> wanted = new HashSet<>(tables.stream().map(Table::name).toList());
        for (Table table : tables) {
            DerbyTable derby = DerbyTable.read(connection, table.name(), wanted);
            before.addAll(derby.create());
            creates.put(table.name(), derby.create());
            own.put(table.name(), new ArrayList<>(derby.after()));
            after.addAll(derby.after());
            foreignKeys.addAll(derby.foreignKeys());
            lost.addAll(derby.lost());
        }
        after.addAll(foreignKeys);
        views();
        triggers(wanted);
        lost();
        return new Scripts(before, creates, own, after, lost);
    }

    private void sequences() throws SQLException {
        for (List<String> row : DerbyRows.of(connection, "SELECT S.SCHEMANAME, Q.SEQUENCENAME, Q.SEQUENCEDATATYPE, "
                + "SYSCS_UTIL.SYSCS_PEEK_AT_SEQUENCE(S.SCHEMANAME, Q.SEQUENCENAME), Q.INCREMENT, Q.MINIMUMVALUE, Q.MAXIMUMVALUE, "
                + "Q.CYCLEOPTION FROM SYS.SYSSEQUENCES Q JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = Q.SCHEMAID WHERE "
                + USERS_SCHEMAS
                + " ORDER BY S.SCHEMANAME, Q.SEQUENCENAME")) {
            String name = DerbyRows.quoted(row.get(0)) + "." + DerbyRows.quoted(row.get(1));
            if (row.get(1).matches(OF_IDENTITY)) {
                continue;
            }
            if (row.get(3).isEmpty()) {
                lost.add(name + ": a sequence that is used up");
                continue;
            }
            before.add("CREATE SCHEMA " + DerbyRows.quoted(row.get(0)));
            before.add("CREATE SEQUENCE " + name + " AS " + row.get(2) + " START WITH " + row.get(3) + " INCREMENT BY "
                    + row.get(4)
                    + " MINVALUE " + row.get(5) + " MAXVALUE " + row.get(6)
                    + (row.get(7).equals("Y") ? " CYCLE" : " NO CYCLE"));
        }
    }

    /** The statements name tables as the user did, so each runs in its own schema. */
    private void views() throws SQLException {
        for (List<String> row : DerbyViews.ordered(DerbyRows.of(connection,
                "SELECT T.TABLENAME, V.VIEWDEFINITION, C.SCHEMANAME "
                        + "FROM SYS.SYSVIEWS V JOIN SYS.SYSTABLES T ON T.TABLEID = V.TABLEID "
                        + "JOIN SYS.SYSSCHEMAS C ON C.SCHEMAID = V.COMPILATIONSCHEMAID ORDER BY C.SCHEMANAME, T.TABLENAME"))) {
            after.add("SET SCHEMA " + DerbyRows.quoted(row.get(2)));
            after.add(row.get(1));
        }
    }

    private void triggers(Set<TableName> wanted) throws SQLException {
        for (DerbyTrigger trigger : DerbyTrigger.all(connection)) {
            if (!wanted.contains(trigger.table())) {
                continue;
            }
            after.addAll(trigger.statements());
            own.computeIfAbsent(trigger.table(), table -> new ArrayList<>()).addAll(trigger.statements());
            if (!trigger.isEnabled()) {
                lost.add(trigger.table() + ": that a trigger is switched off");
            }
        }
    }

    private void lost() throws SQLException {
        lost("SELECT S.SCHEMANAME || '.' || A.ALIAS FROM SYS.SYSALIASES A JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = A.SCHEMAID WHERE "
                + USERS_SCHEMAS, "a function, procedure, type or synonym");
        lost("SELECT GRANTEE FROM SYS.SYSTABLEPERMS WHERE GRANTEE <> GRANTOR", "rights on tables");
        lost("SELECT ROLEID FROM SYS.SYSROLES", "a role");
        lost("SELECT FILENAME FROM SYS.SYSFILES", "a jar file");
    }

    private void lost(String query, String what) throws SQLException {
        for (List<String> row : DerbyRows.of(connection, query)) {
            lost.add(row.getFirst() + ": " + what);
        }
    }
}
