package dev.kloset.jdbc.catalog;

import java.util.Objects;

/**
 * A table's name, exactly as the catalogue spells it.
 *
 * @param schema the schema, or in MariaDB and MySQL the database
 */
public record TableName(String schema, String name) implements Comparable<TableName> {

    public TableName {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
