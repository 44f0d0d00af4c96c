/** Frames and header fields: cuts, writes, compresses and checks them. This package knows no streams. */
@NullMarked
package dev.kloset.wire.frame;

import org.jspecify.annotations.NullMarked;
