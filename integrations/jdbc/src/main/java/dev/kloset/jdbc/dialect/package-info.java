/** What differs from database to database, and one room for each of them. */
@NullMarked
package dev.kloset.jdbc.dialect;

import org.jspecify.annotations.NullMarked;
