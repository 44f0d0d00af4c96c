package org.example

import dev.kloset.Plugin
import dev.kloset.testkit.contract.PreservedAttribute
import dev.kloset.testkit.junit.RoundTripContract

/** Arbitrary trees of files, restored by the exporter: the importer finds them as they were. */
class DemoRoundTripTest : RoundTripContract() {

    override fun plugin() = DemoPlugin.plugin

    override fun destination() = mapOf("location" to "demo://{temp}/restored")

    /**
     * What comes back besides paths and bytes. Owners, setuid and its like, hard links and extended attributes do not. Symbolic
     * links do, except that java.nio shortens a target such as a/
     */
    override fun kept() =
        setOf(PreservedAttribute.DIRECTORIES, PreservedAttribute.TIMES, PreservedAttribute.ODD_NAMES)

    override fun process(kind: Plugin.Kind) = main(DemoPlugin::class.java.name, kind.name.lowercase())
}
