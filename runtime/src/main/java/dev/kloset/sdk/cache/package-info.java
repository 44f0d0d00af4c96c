/** Makes a start-up cache for one user, in a process of its own, for a plugin whose package has none. */
@NullMarked
package dev.kloset.sdk.cache;

import org.jspecify.annotations.NullMarked;
