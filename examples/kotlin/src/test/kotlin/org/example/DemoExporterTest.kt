package org.example

import dev.kloset.testkit.junit.ExporterContract
import java.nio.file.Path

/** The exporter keeps every clause of the contract: in process, over a hostile pipe and as a process. */
class DemoExporterTest : ExporterContract() {

    override fun plugin() = DemoPlugin.plugin

    override fun config(directory: Path) = mapOf("location" to "demo://{temp}")

    override fun process() = main(DemoPlugin::class.java.name, "exporter")
}
