/** The checks, by family: which check judges which clause, and what each check does to a plugin. */
@NullMarked
package dev.kloset.testkit.clause;

import org.jspecify.annotations.NullMarked;
