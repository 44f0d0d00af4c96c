/** The store: a repository in a local directory, in the layout of Plakar's own. */
@NullMarked
package dev.kloset.files.store;

import org.jspecify.annotations.NullMarked;
