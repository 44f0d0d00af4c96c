/** Importer and exporter of relational databases, over JDBC. */
@NullMarked
package dev.kloset.jdbc;

import org.jspecify.annotations.NullMarked;
