/** The SQL that makes the objects of a PostgreSQL database again, from pg_dump or from its catalogue. */
@NullMarked
package dev.kloset.jdbc.dialect.postgresql.script;

import org.jspecify.annotations.NullMarked;
