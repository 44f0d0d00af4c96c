/** Goals that call the packaging library in a process of its own. They run on the Java that runs Maven. */
@NullMarked
package dev.kloset.maven;

import org.jspecify.annotations.NullMarked;
