/** The importer: the records of topics as files of fixed ranges of offsets, and the settings around them. */
@NullMarked
package dev.kloset.kafka.backup;

import org.jspecify.annotations.NullMarked;
