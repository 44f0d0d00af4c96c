/** Conformance results as files to share: JUnit XML for build servers, HTML for people. */
@NullMarked
package dev.kloset.testkit.report;

import org.jspecify.annotations.NullMarked;
