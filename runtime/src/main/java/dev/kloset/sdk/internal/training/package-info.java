/** Does what a plugin does for a host, without a host, so that the JVM can record the classes that it needs. */
@NullMarked
package dev.kloset.sdk.internal.training;

import org.jspecify.annotations.NullMarked;
