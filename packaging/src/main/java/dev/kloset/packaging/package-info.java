/**
 * Makes packages for Plakar: the manifest, the image (the directory that a package is made of), the package file, and a
 * trial of it. Knows no build tool: Maven's plugin, Gradle and scripts call {@link dev.kloset.packaging.Main}.
 */
@NullMarked
package dev.kloset.packaging;

import org.jspecify.annotations.NullMarked;
