/** Serves hosts through a socket while the plugin runs in an IDE. */
@NullMarked
package dev.kloset.sdk.internal.attach;

import org.jspecify.annotations.NullMarked;
