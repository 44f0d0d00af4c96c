/** The life of a plugin process, and its commands. */
@NullMarked
package dev.kloset.sdk.internal.process;

import org.jspecify.annotations.NullMarked;
