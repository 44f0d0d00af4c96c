package org.example

import dev.kloset.ConnectorConfig
import dev.kloset.testkit.fixtures.SampleTree
import dev.kloset.testkit.junit.ImporterContract
import java.nio.file.Files
import java.nio.file.Path
import java.util.Optional
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

/** The importer keeps every clause of the contract: in process, over a hostile pipe and as a process. */
class DemoImporterTest : ImporterContract() {

    override fun plugin() = DemoPlugin.plugin

    override fun config(directory: Path) = mapOf("location" to "demo://" + SampleTree.`in`(directory.resolve("source")))

    override fun mutableDirectory(directory: Path): Optional<Path> =
        Optional.of(Files.createDirectories(directory.resolve("source/mutable")))

    override fun process() = main(DemoPlugin::class.java.name, "importer")

    @Test
    fun allMistakesInTheSettingsAreOneSentence() {
        val config = ConnectorConfig.of(mapOf("location" to "demo:///srv", "timeout" to "soon", "listing" to "4"))

        assertThatThrownBy { config.`as`(DemoSource::class.java) }
            .hasMessageStartingWith("2 settings are wrong: ")
            .hasMessageContaining("the setting \"timeout\" must be a duration")
            .hasMessageContaining("did you mean \"listings\"?")
    }
}
