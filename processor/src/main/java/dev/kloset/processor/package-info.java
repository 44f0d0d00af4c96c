/** The annotation processor of {@link dev.kloset.Configuration}. */
@NullMarked
package dev.kloset.processor;

import org.jspecify.annotations.NullMarked;
