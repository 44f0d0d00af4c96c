/** The programs and places that packaging works with: the JDK, Plakar, commands, directories, the command line. */
@NullMarked
package dev.kloset.packaging.tool;

import org.jspecify.annotations.NullMarked;
