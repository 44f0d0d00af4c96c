package org.example

import dev.kloset.Configuration
import dev.kloset.Location
import dev.kloset.Setting

/** What a user may set for a restore. */
@Configuration("A directory to restore into")
@JvmRecord
data class DemoDestination(
    @Setting("The directory") val location: Location,
    @Setting(value = "Replace files that are already there", defaultValue = "true") val replace: Boolean,
)
