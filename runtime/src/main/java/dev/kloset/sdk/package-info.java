/** The plugin process. Authors use Entrypoint. */
@NullMarked
package dev.kloset.sdk;

import org.jspecify.annotations.NullMarked;
