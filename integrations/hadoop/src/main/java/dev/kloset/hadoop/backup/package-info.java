/** Trees of a Hadoop file system as a source. */
@NullMarked
package dev.kloset.hadoop.backup;

import org.jspecify.annotations.NullMarked;
