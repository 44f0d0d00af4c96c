/** SQL of MariaDB and MySQL: names, values, sessions, queries. */
@NullMarked
package dev.kloset.jdbc.dialect.mariadb.sql;

import org.jspecify.annotations.NullMarked;
