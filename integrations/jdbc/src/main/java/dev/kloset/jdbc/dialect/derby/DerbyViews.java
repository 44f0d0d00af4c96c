package dev.kloset.jdbc.dialect.derby;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Views in an order in which each comes after those whose names are in its statement. For one thread. */
final class DerbyViews {

    private final List<List<String>> views;
    private final Set<List<String>> visited = new HashSet<>();
    private final List<List<String>> order = new ArrayList<>();

    private DerbyViews(List<List<String>> views) {
        this.views = views;
    }

    /** @param views name, statement and schema of each */
    static List<List<String>> ordered(List<List<String>> views) {
        DerbyViews all = new DerbyViews(views);
        views.forEach(all::visit);
        return all.order;
    }

    private void visit(List<String> view) {
        if (!visited.add(view)) {
            return;
        }
        String statement = view.get(1).toUpperCase(Locale.ROOT);
        views.stream()
                .filter(other -> statement.contains(other.getFirst().toUpperCase(Locale.ROOT)))
                .forEach(this::visit);
        order.add(view);
    }
}
