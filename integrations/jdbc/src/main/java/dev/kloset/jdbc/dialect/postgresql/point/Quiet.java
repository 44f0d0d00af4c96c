package dev.kloset.jdbc.dialect.postgresql.point;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;

/** Tidies up after a failure, whose exception matters more than one from tidying. */
public final class Quiet {

    private static final Logger LOG = System.getLogger(Quiet.class.getName());

    private Quiet() {}

    /** A step that may fail. */
    @FunctionalInterface
    public interface Step {
        void run() throws SQLException;
    }

    public static void run(Step step) {
        try {
            step.run();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "cannot tidy up a session", e);
        }
    }
}
