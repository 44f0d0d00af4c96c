/** Brokers for tests. */
@NullMarked
package dev.kloset.kafka.servers;

import org.jspecify.annotations.NullMarked;
