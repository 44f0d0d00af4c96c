/** Start any plugin and use it as importer, exporter or store. */
@NullMarked
package dev.kloset.host;

import org.jspecify.annotations.NullMarked;
