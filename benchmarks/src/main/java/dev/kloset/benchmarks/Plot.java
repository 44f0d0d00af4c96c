package dev.kloset.benchmarks;

/**
 * A picture for the page.
 *
 * @param title what it shows, for those who do not see it as well
 * @param file its name
 */
record Plot(String title, String file, String svg) {}
