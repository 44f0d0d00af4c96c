/** PostgreSQL: one exported snapshot for all readers, COPY for rows, pg_dump or the catalogue for everything else. */
@NullMarked
package dev.kloset.jdbc.dialect.postgresql;

import org.jspecify.annotations.NullMarked;
