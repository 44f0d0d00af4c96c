/** The temporary files of a plugin process and of the libraries in it. */
@NullMarked
package dev.kloset.sdk.internal.temporary;

import org.jspecify.annotations.NullMarked;
