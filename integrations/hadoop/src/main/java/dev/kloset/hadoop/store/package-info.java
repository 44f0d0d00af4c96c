/** The store: a repository in a directory of HDFS. */
@NullMarked
package dev.kloset.hadoop.store;

import org.jspecify.annotations.NullMarked;
