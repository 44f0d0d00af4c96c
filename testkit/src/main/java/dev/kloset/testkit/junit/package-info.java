/**
 * The plugin contract for JUnit: one class per connector, about ten lines, and every clause is a test, three times: in process,
 * over a hostile pipe, and against the packaged process.
 */
@NullMarked
package dev.kloset.testkit.junit;

import org.jspecify.annotations.NullMarked;
