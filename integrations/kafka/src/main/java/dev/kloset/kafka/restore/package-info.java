/** The exporter: topics, records, and the offsets of groups last. */
@NullMarked
package dev.kloset.kafka.restore;

import org.jspecify.annotations.NullMarked;
