/**
 * The plugin process: serves a connector to Plakar.
 *
 * <p>Authors use {@link dev.kloset.sdk.Entrypoint} in their main method and nothing else. The other public classes are found by
 * name, by the launcher, {@link java.lang.System.Logger} and java.util.logging, or serve the testkit.
 */
@NullMarked
package dev.kloset.sdk;

import org.jspecify.annotations.NullMarked;
