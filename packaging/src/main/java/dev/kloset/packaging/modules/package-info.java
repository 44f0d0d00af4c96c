/** Finds the JDK modules that a plugin needs, from the class files in its jars. */
@NullMarked
package dev.kloset.packaging.modules;

import org.jspecify.annotations.NullMarked;
