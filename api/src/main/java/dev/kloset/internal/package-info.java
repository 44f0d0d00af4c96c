/**
 * What the modules of the SDK share about secrets: how to find them in settings and locations, and how to take them out of texts.
 * Not for authors of plugins; it may change in any version.
 */
@NullMarked
package dev.kloset.internal;

import org.jspecify.annotations.NullMarked;
