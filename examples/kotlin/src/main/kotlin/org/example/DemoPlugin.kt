package org.example

import dev.kloset.Plugin
import dev.kloset.sdk.Entrypoint

/** The entry point, which Plakar starts. To change the protocol, change it here: the manifest is generated from this code. */
object DemoPlugin {

    /** Everything that this plugin offers; tests use it too. */
    val plugin: Plugin =
        Plugin.builder("demo")
            .importer("demo", DemoSource::class.java, ::DemoImporter)
            .exporter("demo", DemoDestination::class.java, ::DemoExporter)
            .storage("demo", DemoRepository::class.java, ::DemoStore)
            .build()

    @JvmStatic
    fun main(args: Array<String>) {
        Entrypoint.run(args, plugin)
    }
}
