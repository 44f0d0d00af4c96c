/** The smallest useful connectors. */
@NullMarked
package dev.kloset.examples;

import org.jspecify.annotations.NullMarked;
