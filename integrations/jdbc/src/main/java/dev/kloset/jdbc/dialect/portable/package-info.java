/** What works with any database over JDBC: its catalogue, rows as lines, and lines as batches of inserts. */
@NullMarked
package dev.kloset.jdbc.dialect.portable;

import org.jspecify.annotations.NullMarked;
