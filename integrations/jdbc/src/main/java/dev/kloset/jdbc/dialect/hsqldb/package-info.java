/** HSQLDB, embedded or as a server. */
@NullMarked
package dev.kloset.jdbc.dialect.hsqldb;

import org.jspecify.annotations.NullMarked;
