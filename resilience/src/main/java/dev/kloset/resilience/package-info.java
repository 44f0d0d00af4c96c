/** Small building blocks for connectors to remote systems. Each is useful alone; combine them as the source requires. */
@NullMarked
package dev.kloset.resilience;

import org.jspecify.annotations.NullMarked;
