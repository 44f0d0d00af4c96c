/** Measures and watches: statistics, flight recordings, calls that are slow or stand still. */
@NullMarked
package dev.kloset.sdk.internal.observe;

import org.jspecify.annotations.NullMarked;
