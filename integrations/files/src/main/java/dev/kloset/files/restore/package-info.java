/** The exporter: one restore, its directories from the root down, and its results. */
@NullMarked
package dev.kloset.files.restore;

import org.jspecify.annotations.NullMarked;
