package dev.kloset.jdbc.dialect.h2;

import dev.kloset.jdbc.catalog.Scripts;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.catalog.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sorts the statements of H2's {@code SCRIPT}, which come in the order of their dependencies. For one thread. */
final class H2Scripts {

    private static final String NAME = "(\"(?:[^\"]|\"\")+\")";
    private static final Pattern TABLE = Pattern
            .compile("CREATE (?:CACHED |MEMORY |GLOBAL TEMPORARY |LOCAL TEMPORARY )*TABLE " + NAME + "\\." + NAME);
    private static final Pattern CONSTRAINT = Pattern.compile("ALTER TABLE " + NAME + "\\." + NAME + " ADD CONSTRAINT");
    private static final Pattern ON_TABLE = Pattern
            .compile("CREATE (?:[A-Z]+ )*(?:INDEX|TRIGGER) .*? ON " + NAME + "\\." + NAME, Pattern.DOTALL);
    private static final Pattern NEEDED = Pattern.compile("CREATE (SEQUENCE|DOMAIN) (" + NAME + "\\." + NAME + ")");
    private static final Pattern SCHEMA = Pattern.compile("CREATE SCHEMA IF NOT EXISTS " + NAME);
    /** Its statement has the password of another database, where its rows are. */
    private static final Pattern LINKED = Pattern.compile("CREATE (?:[A-Z]+ )*LINKED TABLE (\\S+)");
    private static final Pattern OTHER_TABLE = Pattern.compile(NAME + "\\." + NAME);

    private final Set<TableName> wanted = new HashSet<>();
    private final Set<TableName> unwanted = new HashSet<>();
    private final List<String> statements;
    private final List<String> before = new ArrayList<>();
    private final Map<TableName, List<String>> tables = new HashMap<>();
    private final Map<TableName, List<String>> tableAfter = new HashMap<>();
    private final List<String> after = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    H2Scripts(List<Table> tables, List<String> statements) {
        tables.forEach(table -> wanted.add(table.name()));
        // H2 does not list the schema that is always there; a restore under another name needs it.
        this.statements = Stream.concat(Stream.of("CREATE SCHEMA IF NOT EXISTS \"PUBLIC\""), statements.stream())
                .map(String::strip)
                .filter(statement -> !statement.startsWith("--"))
                .map(statement -> statement.endsWith(";") ? statement.substring(0, statement.length() - 1) : statement)
                .toList();
    }

    Scripts scripts() {
        for (String statement : statements) {
            TableName made = find(TABLE, statement);
            if (made != null && !wanted.contains(made)) {
                unwanted.add(made);
            }
        }
        statements.forEach(this::sort);
        return new Scripts(before, tables, tableAfter, after, lost);
    }

    private void sort(String statement) {
        TableName made = find(TABLE, statement);
        TableName changed = made == null ? find(CONSTRAINT, statement) : null;
        TableName indexed = made == null && changed == null ? find(ON_TABLE, statement) : null;
        Matcher linked = LINKED.matcher(statement);
        if (linked.lookingAt()) {
            lost.add(linked.group(1) + ": a linked table, whose rows are in another database");
        } else if (made != null) {
            table(made, statement);
        } else if (changed != null) {
            ofTable(changed, statement, !statement.contains(" FOREIGN KEY"));
        } else if (indexed != null) {
            ofTable(indexed, statement, true);
        } else if (statement.startsWith("CREATE") && statement.contains(" VIEW ")) {
            other(statement);
        } else if (statement.startsWith("GRANT")) {
            other(statement);
        } else {
            before.add(statement);
        }
    }

    private void table(TableName name, String statement) {
        if (wanted.contains(name)) {
            before.add(statement);
            List<String> alone = new ArrayList<>();
            for (String earlier : before) {
                needed(earlier, name, statement).ifPresent(alone::add);
            }
            alone.add(statement);
            tables.put(name, alone);
        }
    }

    /** {@return the statement that makes a schema, sequence or domain that the table needs, if it is one} */
    private static Optional<String> needed(String earlier, TableName table, String statement) {
        Matcher schema = SCHEMA.matcher(earlier);
        if (schema.lookingAt() && unquoted(schema.group(1)).equals(table.schema())) {
            return Optional.of(schema.group());
        }
        Matcher object = NEEDED.matcher(earlier);
        return object.lookingAt() && statement.contains(object.group(2))
                ? Optional.of(
                        earlier.replaceFirst("CREATE " + object.group(1),
                                "CREATE " + object.group(1) + " IF NOT EXISTS"))
                : Optional.empty();
    }

    private void ofTable(TableName name, String statement, boolean isOwn) {
        if (!wanted.contains(name)) {
            return;
        }
        if (isOwn) {
            after.add(statement);
            tableAfter.computeIfAbsent(name, _ -> new ArrayList<>()).add(statement);
        } else {
            other(statement);
        }
    }

    /** What concerns an excluded table cannot be made again without it. */
    private void other(String statement) {
        Matcher names = OTHER_TABLE.matcher(statement);
        while (names.find()) {
            TableName name = new TableName(unquoted(names.group(1)), unquoted(names.group(2)));
            if (unwanted.contains(name)) {
                if (!statement.startsWith("GRANT")) {
                    lost.add(statement.lines().findFirst().orElse("") + " needs the excluded table " + name);
                }
                return;
            }
        }
        after.add(statement);
    }

    private static @Nullable TableName find(Pattern pattern, String statement) {
        Matcher matcher = pattern.matcher(statement);
        return matcher.lookingAt() ? new TableName(unquoted(matcher.group(1)), unquoted(matcher.group(2))) : null;
    }

    static String unquoted(String name) {
        return name.substring(1, name.length() - 1).replace("\"\"", "\"");
    }
}
