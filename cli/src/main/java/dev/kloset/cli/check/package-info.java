/** The command that checks the contract with a plugin. */
@NullMarked
package dev.kloset.cli.check;

import org.jspecify.annotations.NullMarked;
