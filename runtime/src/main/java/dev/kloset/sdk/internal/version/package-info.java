/** Says which plugin, SDK and Java run. */
@NullMarked
package dev.kloset.sdk.internal.version;

import org.jspecify.annotations.NullMarked;
