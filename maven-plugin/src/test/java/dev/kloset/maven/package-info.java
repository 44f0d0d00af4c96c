/** Tests what the goals decide themselves, without Maven. */
@NullMarked
package dev.kloset.maven;

import org.jspecify.annotations.NullMarked;
