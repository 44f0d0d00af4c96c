/** What becomes of the failures of a connector's code. */
@NullMarked
package dev.kloset.sdk.internal.failure;

import org.jspecify.annotations.NullMarked;
