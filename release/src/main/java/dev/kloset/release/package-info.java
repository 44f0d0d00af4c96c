/** The bundle for Maven Central: made of what the modules have staged, and checked against what the portal demands. */
@NullMarked
package dev.kloset.release;

import org.jspecify.annotations.NullMarked;
