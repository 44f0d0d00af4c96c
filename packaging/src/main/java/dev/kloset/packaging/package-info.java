/**
 * Makes packages for Plakar: the manifest, the image (the directory from which a package is made), the package file, and a
 * trial run. It knows no build tool: Maven's plugin, Gradle and scripts call {@link dev.kloset.packaging.Main}.
 */
@NullMarked
package dev.kloset.packaging;

import org.jspecify.annotations.NullMarked;
