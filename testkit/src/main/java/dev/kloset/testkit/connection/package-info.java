/**
 * A connection to the plugin, and the calls of each kind of connector as a host makes them, including messages that no
 * well-behaved host would send.
 */
@NullMarked
package dev.kloset.testkit.connection;

import org.jspecify.annotations.NullMarked;
