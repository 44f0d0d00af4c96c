/** Importer, exporter and store on a local file system. */
@NullMarked
package dev.kloset.files;

import org.jspecify.annotations.NullMarked;
