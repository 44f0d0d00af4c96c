/** The commands that look into a store. */
@NullMarked
package dev.kloset.cli.store;

import org.jspecify.annotations.NullMarked;
