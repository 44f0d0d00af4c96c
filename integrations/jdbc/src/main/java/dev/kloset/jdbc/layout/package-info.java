/** How a snapshot of a database looks: its paths, and the texts of its files. */
@NullMarked
package dev.kloset.jdbc.layout;

import org.jspecify.annotations.NullMarked;
