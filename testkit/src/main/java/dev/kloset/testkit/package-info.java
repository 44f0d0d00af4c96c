/** The plugin protocol as numbered clauses, and checks that drive any plugin over the real wire. */
@NullMarked
package dev.kloset.testkit;

import org.jspecify.annotations.NullMarked;
