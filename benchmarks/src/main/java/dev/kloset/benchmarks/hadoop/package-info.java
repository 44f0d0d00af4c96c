/** The plugin {@code hadoop} beside Hadoop's own copier, on a cluster of HDFS of this machine. */
@NullMarked
package dev.kloset.benchmarks.hadoop;

import org.jspecify.annotations.NullMarked;
