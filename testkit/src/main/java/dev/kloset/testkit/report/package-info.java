/** A conformance result as files for others: JUnit XML for build servers, HTML for people. */
@NullMarked
package dev.kloset.testkit.report;

import org.jspecify.annotations.NullMarked;
