package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.dialect.postgresql.point.Server;
import dev.kloset.jdbc.dialect.postgresql.point.Session;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs scripts in a session that is set as pg_dump's own scripts set theirs. */
public final class ScriptRunner {

    /** Up to the first value, which may be a secret, or the first line. */
    private static final Pattern BEGINNING = Pattern.compile("[^'$(\\n]{1,100}");

    /** Stands in statements that do nothing if the object is there. SQL has no words for that. */
    static final String IF_ABSENT = "/* if absent */";

    private static final String DUPLICATE = "42710";

    private ScriptRunner() {}

    public static void run(Connection connection, List<String> statements) throws SQLException, IOException {
        Server server = Server.of(connection);
        server.checkOwnSession("a restore");
        Session.prepareScript(connection, server);
        try (Statement statement = connection.createStatement()) {
            // Braces in the text of a function are its own.
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                run(statement, sql);
            }
        }
    }

    private static void run(Statement statement, String sql) throws IOException {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            if (DUPLICATE.equals(e.getSQLState()) && sql.contains(IF_ABSENT)) {
                return;
            }
            throw new IOException("cannot run \"" + beginning(sql) + "\"", e);
        }
    }

    private static String beginning(String sql) {
        Matcher beginning = BEGINNING.matcher(sql);
        String words = beginning.lookingAt() ? beginning.group().strip() : "";
        return words.length() < sql.length() ? words + " …" : words;
    }
}
