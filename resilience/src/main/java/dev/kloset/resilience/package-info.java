/** Small pieces for connectors of remote systems, each of use alone: put together as the source needs it. */
@NullMarked
package dev.kloset.resilience;

import org.jspecify.annotations.NullMarked;
