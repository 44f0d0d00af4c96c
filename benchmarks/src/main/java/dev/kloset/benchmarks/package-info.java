/** Measurements of whole processes, side by side with the Go SDK. Not published; the script "run" starts them. */
@NullMarked
package dev.kloset.benchmarks;

import org.jspecify.annotations.NullMarked;
