package dev.kloset.jdbc.dialect.mariadb.ddl;

import dev.kloset.jdbc.catalog.TableName;
import dev.kloset.jdbc.dialect.mariadb.sql.Sql;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Views in an order in which each comes after those that it reads. The server writes their names in full into its definitions. */
final class ViewOrder {

    private final Map<TableName, String> definitions;
    private final Set<TableName> visited = new LinkedHashSet<>();
    private final List<TableName> order = new ArrayList<>();

    private ViewOrder(Map<TableName, String> definitions) {
        this.definitions = definitions;
    }

    static List<TableName> of(Map<TableName, String> definitions) {
        ViewOrder views = new ViewOrder(definitions);
        definitions.keySet().stream().sorted().forEach(views::visit);
        return views.order;
    }

    private void visit(TableName view) {
        if (!visited.add(view)) {
            return;
        }
        String definition = definitions.getOrDefault(view, "");
        definitions.keySet()
                .stream()
                .sorted()
                .filter(other -> definition.contains(Sql.name(other)))
                .forEach(this::visit);
        order.add(view);
    }
}
