/** Streams records from an importer to an exporter. Knows nothing of processes, terminals and arguments. */
@NullMarked
package dev.kloset.cli.copy;

import org.jspecify.annotations.NullMarked;
