/**
 * What the modules of the SDK share: finding secrets in settings and locations, removing them from texts, writing JSON, Go's
 * names for machines. Not for authors of plugins; it may change in any version.
 */
@NullMarked
package dev.kloset.internal;

import org.jspecify.annotations.NullMarked;
