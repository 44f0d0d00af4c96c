/** {@code kloset drill}: backs up with the real Plakar, restores elsewhere, and says whether the restore is equal. */
@NullMarked
package dev.kloset.cli.drill;

import org.jspecify.annotations.NullMarked;
