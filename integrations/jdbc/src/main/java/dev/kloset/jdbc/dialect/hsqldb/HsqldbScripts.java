package dev.kloset.jdbc.dialect.hsqldb;

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

/** Sorts the statements of HSQLDB's {@code SCRIPT}, which come in the order of their dependencies. For one thread. */
final class HsqldbScripts {

    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[A-Za-z_$][\\w$]*)";
    private static final String TABLE_NAME = NAME + "\\." + NAME;
    private static final Pattern TABLE = Pattern.compile("CREATE (?:\\w+ )*?TABLE " + TABLE_NAME + " ?\\(");
    private static final Pattern OF_TABLE = Pattern.compile(
            "(?:ALTER TABLE " + TABLE_NAME + " .*|CREATE (?:UNIQUE )?INDEX .*? ON " + TABLE_NAME
                    + " ?\\(.*|CREATE TRIGGER .*? ON "
                    + TABLE_NAME + " .*)",
            Pattern.DOTALL);
    private static final Pattern SCHEMA = Pattern.compile("CREATE SCHEMA " + NAME + " AUTHORIZATION .*");
    private static final Pattern REFERRED = Pattern.compile("REFERENCES " + TABLE_NAME);
    private static final Pattern OTHER_TABLE = Pattern.compile(TABLE_NAME);
    private static final Pattern AFTERWARDS = Pattern.compile(
            "CREATE (?:VIEW|FUNCTION|PROCEDURE|AGGREGATE) .*|ALTER SEQUENCE .*",
            Pattern.DOTALL);

    /** Settings of the database itself, its users, and what each new database has. */
    private static final Pattern NOT_OURS = Pattern.compile(
            "SET (?:DATABASE|FILES|TABLE|SCHEMA) .*|CREATE USER .*|ALTER USER .*|GRANT DBA TO .*|GRANT .* INFORMATION_SCHEMA\\..*"
                    + "|.* SYSTEM_LOBS\\..*",
            Pattern.DOTALL);

    private final Set<TableName> wanted = new HashSet<>();
    private final Set<TableName> unwanted = new HashSet<>();
    private final List<String> before = new ArrayList<>();
    private final Map<TableName, List<String>> tables = new HashMap<>();
    private final Map<TableName, List<String>> tableAfter = new HashMap<>();
    private final List<String> after = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    HsqldbScripts(List<Table> tables) {
        tables.forEach(table -> wanted.add(table.name()));
    }

    Scripts scripts(List<String> statements) {
        for (String statement : statements) {
            find(TABLE, statement).filter(table -> !wanted.contains(table)).ifPresent(unwanted::add);
        }
        statements.stream().filter(statement -> !NOT_OURS.matcher(statement).matches()).forEach(this::sort);
        return new Scripts(before, tables, tableAfter, after, lost);
    }

    private void sort(String statement) {
        Matcher schema = SCHEMA.matcher(statement);
        Optional<TableName> made = find(TABLE, statement);
        Optional<TableName> changed = find(OF_TABLE, statement);
        if (schema.matches()) {
            before.add("CREATE SCHEMA IF NOT EXISTS " + schema.group(1));
        } else if (made.isPresent()) {
            table(made.get(), statement);
        } else if (changed.isPresent()) {
            ofTable(changed.get(), statement);
        } else if (AFTERWARDS.matcher(statement).matches()) {
            other(statement);
        } else if (statement.startsWith("GRANT") || statement.startsWith("CREATE ROLE")) {
            lost.add(statement + ": users and roles are not backed up");
        } else {
            before.add(statement);
        }
    }

    private void table(TableName name, String statement) {
        if (!wanted.contains(name)) {
            return;
        }
        Matcher head = TABLE.matcher(statement);
        head.lookingAt();
        SplitTable split = SplitTable.of(statement, head.end() - 1);
        before.add(split.create());
        tables.put(name, List.of("CREATE SCHEMA IF NOT EXISTS " + head.group(1), split.create()));
        for (String foreignKey : split.foreignKeys()) {
            foreignKey(name, "ALTER TABLE " + head.group(1) + "." + head.group(2) + " ADD " + foreignKey);
        }
    }

    private void ofTable(TableName name, String statement) {
        if (!wanted.contains(name)) {
            return;
        }
        if (statement.contains("FOREIGN KEY")) {
            foreignKey(name, statement);
        } else {
            after.add(statement);
            tableAfter.computeIfAbsent(name, _ -> new ArrayList<>()).add(statement);
        }
    }

    private void foreignKey(TableName name, String statement) {
        Matcher referred = REFERRED.matcher(statement);
        TableName other = referred.find()
                ? new TableName(unquoted(referred.group(1)), unquoted(referred.group(2)))
                : name;
        if (unwanted.contains(other)) {
            lost.add("a foreign key of " + name + " needs the excluded table " + other);
        } else {
            after.add(statement);
        }
    }

    private void other(String statement) {
        Matcher names = OTHER_TABLE.matcher(statement);
        while (names.find()) {
            TableName name = new TableName(unquoted(names.group(1)), unquoted(names.group(2)));
            if (unwanted.contains(name)) {
                lost.add(statement.lines().findFirst().orElse("") + " needs the excluded table " + name);
                return;
            }
        }
        after.add(statement);
    }

    private static Optional<TableName> find(Pattern pattern, String statement) {
        Matcher matcher = pattern.matcher(statement);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        for (int group = 1; group < matcher.groupCount(); group += 2) {
            if (matcher.group(group) != null) {
                return Optional.of(new TableName(unquoted(matcher.group(group)), unquoted(matcher.group(group + 1))));
            }
        }
        return Optional.empty();
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }
}
