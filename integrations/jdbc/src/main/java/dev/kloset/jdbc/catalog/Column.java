package dev.kloset.jdbc.catalog;

import java.util.Objects;

/**
 * A column of a table.
 *
 * @param name as the catalogue spells it
 * @param type in the words of the database that was backed up: {@code numeric(10,2)}
 * @param kind what other databases make of the type
 * @param isNullable whether it may be null
 * @param isGenerated whether the database computes its value from other columns: its values are neither read nor restored
 */
public record Column(String name, String type, ColumnKind kind, boolean isNullable, boolean isGenerated) {

    public Column {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(kind, "kind");
    }
}
