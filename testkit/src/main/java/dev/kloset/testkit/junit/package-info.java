/**
 * The plugin contract for JUnit. You write one class of about ten lines per connector, and every clause becomes a test that
 * runs three times: in process, over a hostile pipe, and against the packaged process.
 */
@NullMarked
package dev.kloset.testkit.junit;

import org.jspecify.annotations.NullMarked;
