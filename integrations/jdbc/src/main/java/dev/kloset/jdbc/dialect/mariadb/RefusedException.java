package dev.kloset.jdbc.dialect.mariadb;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Something was refused, and the sentence for it is complete. */
final class RefusedException extends SQLException {

    private static final long serialVersionUID = 1;

    RefusedException(String sentence, @Nullable String state, SQLException cause) {
        super(sentence, state, cause.getErrorCode(), cause);
    }
}
