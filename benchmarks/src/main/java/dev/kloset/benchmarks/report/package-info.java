/** The presentation of results: the page, its charts, its tables. */
@NullMarked
package dev.kloset.benchmarks.report;

import org.jspecify.annotations.NullMarked;
