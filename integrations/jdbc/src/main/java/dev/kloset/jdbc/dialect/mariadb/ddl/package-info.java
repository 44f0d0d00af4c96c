/** The SQL that makes the objects of a database again, as MariaDB and MySQL show it. */
@NullMarked
package dev.kloset.jdbc.dialect.mariadb.ddl;

import org.jspecify.annotations.NullMarked;
