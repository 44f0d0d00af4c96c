/** {@code kloset compare}: what two importers say, path by path, in bounded memory. */
@NullMarked
package dev.kloset.cli.compare;

import org.jspecify.annotations.NullMarked;
