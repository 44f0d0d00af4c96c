/** The directory that a package is made of: launcher, libraries, runtime, C library and start-up cache. */
@NullMarked
package dev.kloset.packaging.image;

import org.jspecify.annotations.NullMarked;
