/** Where a path really is, behind a mount table. */
@NullMarked
package dev.kloset.hadoop.mount;

import org.jspecify.annotations.NullMarked;
