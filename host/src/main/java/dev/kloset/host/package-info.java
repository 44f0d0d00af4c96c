/**
 * Starts any plugin, in whatever language it is written, and uses it as importer, exporter or store, without Plakar.
 *
 * <p>Begin with {@link dev.kloset.host.PluginCommand} and {@link dev.kloset.host.PluginProcess}. They give you the interfaces
 * of {@link dev.kloset}, whose methods block, are interruptible, and throw a {@link dev.kloset.host.PluginException} with one
 * sentence that names the plugin. Closing a process ends it, together with everything that it has started.
 */
@NullMarked
package dev.kloset.host;

import org.jspecify.annotations.NullMarked;
