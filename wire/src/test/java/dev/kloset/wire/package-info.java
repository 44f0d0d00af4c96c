/** What the tests of the wire share. */
@NullMarked
package dev.kloset.wire;

import org.jspecify.annotations.NullMarked;
