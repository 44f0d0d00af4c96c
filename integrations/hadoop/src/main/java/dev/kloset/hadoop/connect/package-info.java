/** From a location and settings to one file system as one user, and what Hadoop's exceptions mean. */
@NullMarked
package dev.kloset.hadoop.connect;

import org.jspecify.annotations.NullMarked;
