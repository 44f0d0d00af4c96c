/** Clusters for tests. */
@NullMarked
package dev.kloset.hadoop.servers;

import org.jspecify.annotations.NullMarked;
