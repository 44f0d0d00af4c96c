/** One moment of a PostgreSQL database: sessions, locks, the snapshot that they share. */
@NullMarked
package dev.kloset.jdbc.dialect.postgresql.point;

import org.jspecify.annotations.NullMarked;
