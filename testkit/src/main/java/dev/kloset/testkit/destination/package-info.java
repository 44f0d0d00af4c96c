/** Where an exporter under test writes, and how checks see what is there. */
@NullMarked
package dev.kloset.testkit.destination;

import org.jspecify.annotations.NullMarked;
