/** Restores several records at once, although the wire brings them one by one. */
@NullMarked
package dev.kloset.export;

import org.jspecify.annotations.NullMarked;
