/** The importer: one moment of a database as a tree of files. */
@NullMarked
package dev.kloset.jdbc.backup;

import org.jspecify.annotations.NullMarked;
