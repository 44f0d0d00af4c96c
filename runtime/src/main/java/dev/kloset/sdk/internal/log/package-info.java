/** The plugin's log, the secrets that no text may show, and what belongs to one host of several. */
@NullMarked
package dev.kloset.sdk.internal.log;

import org.jspecify.annotations.NullMarked;
