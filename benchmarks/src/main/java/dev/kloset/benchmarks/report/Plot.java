package dev.kloset.benchmarks.report;

/**
 * A picture for the page.
 *
 * @param title what the plot shows, also for readers who cannot see it
 * @param file the name of its file
 */
public record Plot(String title, String file, String svg) {}
