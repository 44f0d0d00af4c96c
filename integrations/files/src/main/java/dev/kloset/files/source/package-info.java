/** Files of the source, held so that no other file can take their place. */
@NullMarked
package dev.kloset.files.source;

import org.jspecify.annotations.NullMarked;
