/** Helpers for connectors that are not part of the contract itself. */
@NullMarked
package dev.kloset.support;

import org.jspecify.annotations.NullMarked;
