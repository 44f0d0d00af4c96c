package dev.kloset.jdbc.catalog;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What makes the objects of a database again, in its own SQL. Each script is a list of statements without their ends.
 *
 * @param before everything that must be there before rows, tables included, in the order of its dependencies
 * @param tables each table alone, for a restore of only that table: its {@code CREATE}, without keys and indexes
 * @param tableAfter for the same case: its keys, indexes, checks and triggers, without foreign keys
 * @param after everything that comes after rows, in the order of its dependencies: keys, indexes, values of sequences, triggers,
 *     foreign keys, views, grants
 * @param lost one sentence for each object that cannot be expressed: {@code public.f(int): a function in C}
 */
public record Scripts(List<String> before, Map<TableName, List<String>> tables, Map<TableName, List<String>> tableAfter,
        List<String> after, List<String> lost) {

    public Scripts {
        before = List.copyOf(before);
        tables = Map.copyOf(tables);
        tableAfter = Map.copyOf(tableAfter);
        after = List.copyOf(after);
        lost = List.copyOf(lost);
        Objects.requireNonNull(lost, "lost");
    }
}
