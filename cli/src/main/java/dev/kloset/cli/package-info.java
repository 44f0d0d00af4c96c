/** The kloset command. */
@NullMarked
package dev.kloset.cli;

import org.jspecify.annotations.NullMarked;
