/** The importer: a walk over a tree by several threads. */
@NullMarked
package dev.kloset.files.backup;

import org.jspecify.annotations.NullMarked;
