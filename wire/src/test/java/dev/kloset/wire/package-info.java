/** What tests of the wire have in common. */
@NullMarked
package dev.kloset.wire;

import org.jspecify.annotations.NullMarked;
