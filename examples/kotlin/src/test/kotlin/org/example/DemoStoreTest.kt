package org.example

import dev.kloset.testkit.junit.StoreContract
import java.nio.file.Path

/**
 * The store keeps every clause of the contract and answers arbitrary calls as a map would: in process, over a hostile pipe and as
 * a process.
 */
class DemoStoreTest : StoreContract() {

    override fun plugin() = DemoPlugin.plugin

    override fun config(directory: Path) = mapOf("location" to "demo://{temp}/repository")

    override fun process() = main(DemoPlugin::class.java.name, "storage")
}
