/** Reads contents before the host asks for them. */
@NullMarked
package dev.kloset.sdk.internal.ahead;

import org.jspecify.annotations.NullMarked;
