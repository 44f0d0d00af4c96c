/** MariaDB and MySQL: the moment, the tables, and what joins the other rooms to a dialect. */
@NullMarked
package dev.kloset.jdbc.dialect.mariadb;

import org.jspecify.annotations.NullMarked;
