/** From a location and settings to connections: URLs, drivers, dialects, and what their errors mean. */
@NullMarked
package dev.kloset.jdbc.connect;

import org.jspecify.annotations.NullMarked;
