/** The clauses, their outcomes, and the settings of an author: waivers, configuration and patience. */
@NullMarked
package dev.kloset.testkit.contract;

import org.jspecify.annotations.NullMarked;
