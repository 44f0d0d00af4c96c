/**
 * The plugin protocol as numbered clauses, and checks that drive any plugin over the real wire.
 *
 * <p>With JUnit, extend one of the classes in {@link dev.kloset.testkit.junit}. Without JUnit, pass a {@link
 * dev.kloset.testkit.subject.Subject} and {@link dev.kloset.testkit.contract.CheckSettings} to a {@link
 * dev.kloset.testkit.Checker}.
 */
@NullMarked
package dev.kloset.testkit;

import org.jspecify.annotations.NullMarked;
