/** What every command works with: its invocation, the terminal, the plugin that it starts, and how it ends. */
@NullMarked
package dev.kloset.cli.shell;

import org.jspecify.annotations.NullMarked;
