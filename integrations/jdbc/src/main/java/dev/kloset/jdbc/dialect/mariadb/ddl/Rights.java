package dev.kloset.jdbc.dialect.mariadb.ddl;

import dev.kloset.jdbc.dialect.mariadb.sql.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the user may see: the server hides objects rather than refusing them, so a right that is missing would lose them silently. */
final class Rights {

    private static final Pattern GRANT = Pattern.compile("GRANT (.*?) ON (\\S.*?) TO .*");

    private final List<Grant> grants = new ArrayList<>();
    private final String user;

    private record Grant(String privileges, String on) {

        boolean covers(String schema, Set<String> anyOf) {
            boolean isAll = privileges.startsWith("ALL PRIVILEGES");
            return (isAll || anyOf.stream().anyMatch(right -> (", " + privileges + ",").contains(", " + right + ",")))
                    && (on.equals("*.*") || (on.endsWith(".*") && matches(on.substring(0, on.length() - 2), schema)));
        }

        /** The name of a database in a grant is a pattern, in backticks. */
        private static boolean matches(String pattern, String schema) {
            String bare = pattern.replaceAll("^`|`$", "").replace("``", "`");
            StringBuilder regex = new StringBuilder();
            for (int i = 0; i < bare.length(); i++) {
                char c = bare.charAt(i);
                if (c == '\\' && i + 1 < bare.length()) {
                    regex.append(Pattern.quote(String.valueOf(bare.charAt(++i))));
                } else {
                    regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
                }
            }
            return schema.matches("(?is)" + regex);
        }
    }

    private Rights(String user) {
        this.user = user;
    }

    static Rights of(Connection connection) throws SQLException {
        Rights rights = new Rights(Queries.text(connection, "SELECT CURRENT_USER()").orElse(""));
        for (String line : Queries.list(connection, "SHOW GRANTS", row -> row.getString(1))) {
            Matcher grant = GRANT.matcher(line);
            if (grant.matches()) {
                rights.grants.add(new Grant(grant.group(1), grant.group(2)));
            }
        }
        return rights;
    }

    /** {@return a sentence for each kind of object that the user cannot see} */
    List<String> missing(String schema) {
        List<String> missing = new ArrayList<>();
        need(schema, "triggers", "TRIGGER", Set.of(), missing);
        need(schema, "events", "EVENT", Set.of(), missing);
        need(schema, "the text of views", "SHOW VIEW", Set.of(), missing);
        boolean seesRoutines = grants.stream()
                .anyMatch(grant -> grant.on().equals("`mysql`.`proc`")
                        || (grant.on().equals("*.*") && grant.covers(schema, Set.of("SELECT"))));
        if (!seesRoutines) {
            need(schema, "procedures and functions", "EXECUTE",
                    Set.of("CREATE ROUTINE", "ALTER ROUTINE", "SHOW CREATE ROUTINE", "SHOW_ROUTINE"), missing);
        }
        return missing;
    }

    private void need(String schema, String objects, String right, Set<String> others, List<String> missing) {
        if (grants.stream().noneMatch(grant -> grant.covers(schema, Set.of(right)) || grant.covers(schema, others))) {
            missing.add(schema + ": " + objects + " are hidden from " + user + ": GRANT " + right + " ON " + schema
                    + ".* TO "
                    + user);
        }
    }
}
