/**
 * Write an integration for Plakar: implement {@link dev.kloset.Importer}, {@link dev.kloset.Exporter} or
 * {@link dev.kloset.Store} and list them in a {@link dev.kloset.Plugin}.
 *
 * <p>Every blocking call of this package is interruptible. Interruption of the calling thread is how a cancelled
 * command reaches a connector: let {@link InterruptedException} through.
 */
@NullMarked
package dev.kloset;

import org.jspecify.annotations.NullMarked;
