/** Trees of a Hadoop file system as a destination. */
@NullMarked
package dev.kloset.hadoop.restore;

import org.jspecify.annotations.NullMarked;
