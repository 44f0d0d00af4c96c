/** Lists what a package consists of: libraries, Java, C library, with versions and licences. */
@NullMarked
package dev.kloset.packaging.sbom;

import org.jspecify.annotations.NullMarked;
