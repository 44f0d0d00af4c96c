package dev.kloset.jdbc.connect;

import dev.kloset.jdbc.dialect.Dialect;
import dev.kloset.jdbc.dialect.derby.DerbyDialect;
import dev.kloset.jdbc.dialect.h2.H2Dialect;
import dev.kloset.jdbc.dialect.hsqldb.HsqldbDialect;
import dev.kloset.jdbc.dialect.mariadb.MariaDbDialect;
import dev.kloset.jdbc.dialect.portable.PortableDialect;
import dev.kloset.jdbc.dialect.postgresql.PostgreSqlDialect;

/** Which dialect a database speaks, by the word behind {@code jdbc:}. */
final class Dialects {

    private Dialects() {}

    static Dialect of(String product) {
        return switch (product) {
            case "h2" -> new H2Dialect();
            case "mariadb", "mysql" -> new MariaDbDialect();
            case "hsqldb" -> new HsqldbDialect();
            case "derby" -> new DerbyDialect();
            case "postgresql" -> new PostgreSqlDialect();
            default -> new PortableDialect(product);
        };
    }
}
