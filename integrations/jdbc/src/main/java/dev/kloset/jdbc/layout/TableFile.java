package dev.kloset.jdbc.layout;

import dev.kloset.internal.JsonMembers;
import dev.kloset.jdbc.catalog.Column;
import dev.kloset.jdbc.catalog.ColumnKind;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file that describes a table, so that its directory can be restored alone.
 *
 * @param database as in {@link PointFile}
 */
public record TableFile(String database, Table table) {

    /** {@return the file} */
    public String write() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("database", database);
        object.put("name", name(table.name()));
        object.put("columns", table.columns().stream().map(TableFile::column).toList());
        object.put("key", table.key());
        return JsonMembers.write(object);
    }

    /** {@return what a file says} How large the table was, it does not say. */
    public static TableFile read(byte[] file) throws IOException {
        JsonMembers members = JsonMembers.read(file);
        List<Column> columns = new ArrayList<>();
        for (JsonMembers column : members.list("columns")) {
            columns.add(column(column));
        }
        return new TableFile(members.text("database"),
                new Table(name(members.member("name")), columns, members.texts("key"), 0, 0));
    }

    static Map<String, Object> name(TableName name) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("schema", name.schema());
        object.put("table", name.name());
        return object;
    }

    static TableName name(JsonMembers members) throws IOException {
        return new TableName(members.text("schema"), members.text("table"));
    }

    private static Map<String, Object> column(Column column) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", column.name());
        object.put("type", column.type());
        object.put("kind", column.kind().name());
        object.put("nullable", column.isNullable());
        object.put("generated", column.isGenerated());
        return object;
    }

    private static Column column(JsonMembers members) throws IOException {
        String kind = members.text("kind");
        for (ColumnKind known : ColumnKind.values()) {
            if (known.name().equals(kind)) {
                return new Column(members.text("name"), members.text("type"), known, members.truth("nullable"),
                        members.truth("generated"));
            }
        }
        throw new IOException("the kind of column " + members.text("name")
                + " is unknown: the snapshot was made by a newer version of this plugin");
    }
}
