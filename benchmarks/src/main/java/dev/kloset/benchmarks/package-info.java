/** Whole-process measurements, side by side with the Go SDK. Not published; started by the script "run". */
@NullMarked
package dev.kloset.benchmarks;

import org.jspecify.annotations.NullMarked;
