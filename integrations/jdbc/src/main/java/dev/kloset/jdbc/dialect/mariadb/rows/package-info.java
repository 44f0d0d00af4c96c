/** Rows of MariaDB and MySQL: their parts, and the lines that are read and loaded. */
@NullMarked
package dev.kloset.jdbc.dialect.mariadb.rows;

import org.jspecify.annotations.NullMarked;
