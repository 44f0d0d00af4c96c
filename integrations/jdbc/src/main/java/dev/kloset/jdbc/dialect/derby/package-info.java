/** Derby, embedded or as a server. */
@NullMarked
package dev.kloset.jdbc.dialect.derby;

import org.jspecify.annotations.NullMarked;
