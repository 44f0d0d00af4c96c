/** Goals that call the packaging library in a process of its own. Runs on the Java that runs Maven. */
@NullMarked
package dev.kloset.maven;

import org.jspecify.annotations.NullMarked;
