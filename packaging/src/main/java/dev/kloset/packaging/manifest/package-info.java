/** What Plakar learns about a package before it starts it: from the code, from a file that the author wrote, and from options. */
@NullMarked
package dev.kloset.packaging.manifest;

import org.jspecify.annotations.NullMarked;
