/** The measuring itself: clocks, the accounting of the operating system, series, and results on the disk. */
@NullMarked
package dev.kloset.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
