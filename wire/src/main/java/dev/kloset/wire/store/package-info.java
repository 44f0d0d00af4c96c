/** The messages of a store. */
@NullMarked
package dev.kloset.wire.store;

import org.jspecify.annotations.NullMarked;
