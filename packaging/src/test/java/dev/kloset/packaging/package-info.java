/** Tests manifests and the messages for their authors, without a build tool. */
@NullMarked
package dev.kloset.packaging;

import org.jspecify.annotations.NullMarked;
