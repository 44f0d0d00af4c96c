/** H2, embedded or as a server. */
@NullMarked
package dev.kloset.jdbc.dialect.h2;

import org.jspecify.annotations.NullMarked;
