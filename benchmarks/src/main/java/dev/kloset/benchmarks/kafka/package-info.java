/** Measures the plugin {@code kafka} beside what else reads, copies and writes topics. */
@NullMarked
package dev.kloset.benchmarks.kafka;

import org.jspecify.annotations.NullMarked;
