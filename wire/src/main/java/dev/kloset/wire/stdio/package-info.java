/** The two pipes of a plugin process: claims, guards and closes them; and a pipe in memory that stands in for one. */
@NullMarked
package dev.kloset.wire.stdio;

import org.jspecify.annotations.NullMarked;
