/** The exporter: from the files of a snapshot to a database. */
@NullMarked
package dev.kloset.jdbc.restore;

import org.jspecify.annotations.NullMarked;
