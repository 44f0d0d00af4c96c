/** Manifests and what their authors are told, without a build tool. */
@NullMarked
package dev.kloset.packaging;

import org.jspecify.annotations.NullMarked;
