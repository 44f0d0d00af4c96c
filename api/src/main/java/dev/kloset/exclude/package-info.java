/** What the user excludes from a backup, read exactly as Plakar reads it. */
@NullMarked
package dev.kloset.exclude;

import org.jspecify.annotations.NullMarked;
