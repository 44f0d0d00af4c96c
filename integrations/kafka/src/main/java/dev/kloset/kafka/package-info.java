/** The plugin {@code kafka}: topics and groups of Apache Kafka. */
@NullMarked
package dev.kloset.kafka;

import org.jspecify.annotations.NullMarked;
