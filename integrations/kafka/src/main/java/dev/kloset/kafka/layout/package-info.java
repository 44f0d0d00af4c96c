/** How a snapshot of a Kafka cluster looks: its paths, the files of records, and the texts of its other files. */
@NullMarked
package dev.kloset.kafka.layout;

import org.jspecify.annotations.NullMarked;
