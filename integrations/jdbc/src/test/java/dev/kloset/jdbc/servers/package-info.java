/** Real servers for tests: on a free port of the loopback, in a temporary directory, gone with the test. */
@NullMarked
package dev.kloset.jdbc.servers;

import org.jspecify.annotations.NullMarked;
