/** The two pipes of a plugin process: claiming, guarding, closing. */
@NullMarked
package dev.kloset.wire.stdio;

import org.jspecify.annotations.NullMarked;
