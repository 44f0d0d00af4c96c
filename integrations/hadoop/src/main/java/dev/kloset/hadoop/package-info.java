/** File systems of Hadoop as source, destination and repository. */
@NullMarked
package dev.kloset.hadoop;

import org.jspecify.annotations.NullMarked;
