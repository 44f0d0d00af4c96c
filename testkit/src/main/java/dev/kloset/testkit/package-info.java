/**
 * The plugin protocol as numbered clauses, and checks that drive any plugin over the real wire.
 *
 * <p>With JUnit, extend one of the classes of {@link dev.kloset.testkit.junit}. Without it, give a
 * {@link dev.kloset.testkit.Subject} and {@link dev.kloset.testkit.CheckSettings} to a
 * {@link dev.kloset.testkit.Checker}.
 */
@NullMarked
package dev.kloset.testkit;

import org.jspecify.annotations.NullMarked;
