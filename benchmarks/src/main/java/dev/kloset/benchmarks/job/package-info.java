/** What is measured: the jobs, the candidates, and the programs that each of them starts. */
@NullMarked
package dev.kloset.benchmarks.job;

import org.jspecify.annotations.NullMarked;
