/** From a location and settings to clients of a cluster, and what their exceptions mean. */
@NullMarked
package dev.kloset.kafka.connect;

import org.jspecify.annotations.NullMarked;
