package dev.kloset.jdbc.dialect.postgresql.script;

import dev.kloset.jdbc.dialect.postgresql.point.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Settings of the database itself, which pg_dump writes only together with the database. They go to the one that is restored into. */
final class DatabaseSettings {

    private DatabaseSettings() {}

    /** Lists are kept with the quotes that they need. */
    static List<String> read(Connection connection) throws SQLException {
        return Sql.all(connection,
                """
                        SELECT pg_catalog.format('DO $kloset$BEGIN EXECUTE pg_catalog.format(%L, pg_catalog.current_database()); END$kloset$',
                            CASE s.setrole WHEN 0 THEN 'ALTER DATABASE %I' ELSE pg_catalog.replace(pg_catalog.format('ALTER ROLE %I IN DATABASE ',
                                pg_catalog.pg_get_userbyid(s.setrole)), '%', '%%') || '%I' END
                            || pg_catalog.replace(pg_catalog.format(' SET %I TO %s', v.name, CASE WHEN v.name IN ('local_preload_libraries',
                                'search_path', 'session_preload_libraries', 'temp_tablespaces') THEN v.value
                                ELSE pg_catalog.quote_literal(v.value) END), '%', '%%'))
                        FROM pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) c(setting)
                        CROSS JOIN LATERAL (SELECT pg_catalog.split_part(c.setting, '=', 1),
                            pg_catalog.substr(c.setting, pg_catalog.strpos(c.setting, '=') + 1)) v(name, value)
                        WHERE s.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
                        ORDER BY 1""",
                row -> row.getString(1));
    }
}
