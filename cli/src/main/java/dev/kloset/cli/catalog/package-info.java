/** Finds plugins on this machine: which executable serves which protocol. */
@NullMarked
package dev.kloset.cli.catalog;

import org.jspecify.annotations.NullMarked;
