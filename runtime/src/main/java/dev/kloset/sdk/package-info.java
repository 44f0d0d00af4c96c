/**
 * The plugin process: what serves a connector to Plakar.
 *
 * <p>Authors use {@link dev.kloset.sdk.Entrypoint} in their main method and nothing else. What is public besides is found
 * by name, by the launcher, {@link java.lang.System.Logger} and java.util.logging, or serves the testkit.
 */
@NullMarked
package dev.kloset.sdk;

import org.jspecify.annotations.NullMarked;
