/** Files with several names, in bounded memory. */
@NullMarked
package dev.kloset.files.restore.link;

import org.jspecify.annotations.NullMarked;
