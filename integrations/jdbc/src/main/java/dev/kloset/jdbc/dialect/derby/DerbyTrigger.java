package dev.kloset.jdbc.dialect.derby;

import dev.kloset.jdbc.catalog.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A trigger. The catalogue has its statement in pieces. */
record DerbyTrigger(TableName table, List<String> statements, boolean isEnabled) {

    static List<DerbyTrigger> all(Connection connection) throws SQLException {
        List<DerbyTrigger> triggers = new ArrayList<>();
        for (List<String> row : DerbyRows.of(connection,
                "SELECT TS.SCHEMANAME, T.TABLENAME, S.SCHEMANAME, G.TRIGGERNAME, G.EVENT, "
                        + "G.FIRINGTIME, G.TYPE, G.REFERENCEDCOLUMNS, G.OLDREFERENCINGNAME, G.NEWREFERENCINGNAME, G.WHENCLAUSETEXT, "
                        + "G.TRIGGERDEFINITION, G.STATE, T.TABLEID FROM SYS.SYSTRIGGERS G JOIN SYS.SYSTABLES T ON T.TABLEID = G.TABLEID "
                        + "JOIN SYS.SYSSCHEMAS TS ON TS.SCHEMAID = T.SCHEMAID JOIN SYS.SYSSCHEMAS S ON S.SCHEMAID = G.SCHEMAID "
                        + "ORDER BY G.CREATIONTIMESTAMP")) {
            TableName table = new TableName(row.get(0), row.get(1));
            triggers.add(new DerbyTrigger(table,
                    List.of("SET SCHEMA " + DerbyRows.quoted(row.get(2)),
                            statement(table, row, columns(connection, row))),
                    row.get(12).equals("E")));
        }
        return triggers;
    }

    private static String statement(TableName table, List<String> row, String columns) {
        String event = switch (row.get(4)) {
            case "I" -> "INSERT";
            case "D" -> "DELETE";
            default -> "UPDATE" + columns;
        };
        String unit = row.get(6).equals("S") ? " TABLE" : "";
        String referencing = (row.get(8).isEmpty() ? "" : " OLD" + unit + " AS " + row.get(8))
                + (row.get(9).isEmpty() ? "" : " NEW" + unit + " AS " + row.get(9));
        return "CREATE TRIGGER " + DerbyRows.quoted(row.get(3))
                + (row.get(5).equals("B") ? " NO CASCADE BEFORE " : " AFTER ") + event
                + " ON " + DerbyRows.quoted(table.schema()) + "." + DerbyRows.quoted(table.name())
                + (referencing.isEmpty() ? "" : " REFERENCING" + referencing)
                + (row.get(6).equals("S") ? " FOR EACH STATEMENT" : " FOR EACH ROW")
                + (row.get(10).isEmpty() ? "" : " WHEN (" + row.get(10) + ")") + " " + row.get(11);
    }

    /** {@return the columns of an update trigger, which the catalogue has as numbers: {@code (1,2)}} */
    private static String columns(Connection connection, List<String> row) throws SQLException {
        String numbers = row.get(7);
        if (!row.get(4).equals("U") || !numbers.startsWith("(")) {
            return "";
        }
        return " OF " + DerbyTable.names(connection, row.get(13), numbers);
    }
}
