/** What is backed up: tables, their columns, their parts, and the SQL that makes them again. */
@NullMarked
package dev.kloset.jdbc.catalog;

import org.jspecify.annotations.NullMarked;
