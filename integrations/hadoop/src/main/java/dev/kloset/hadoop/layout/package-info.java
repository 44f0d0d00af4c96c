/** Names and files that a backup adds to a tree. */
@NullMarked
package dev.kloset.hadoop.layout;

import org.jspecify.annotations.NullMarked;
