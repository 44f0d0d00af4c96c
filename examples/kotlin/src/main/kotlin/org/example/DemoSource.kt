package org.example

import dev.kloset.Configuration
import dev.kloset.Location
import dev.kloset.Setting
import java.time.Duration

/** What a user may set for a backup. Every property is an option: -o timeout=30s */
@Configuration("A directory to back up")
@JvmRecord
data class DemoSource(
    @Setting("The directory") val location: Location,
    @Setting(value = "Directories to list at once", defaultValue = "4", min = "1", max = "64") val listings: Int,
    @Setting(value = "The longest wait for the file system", defaultValue = "1m", min = "1s", max = "1h")
    val timeout: Duration,
    @Setting(value = "Attempts after which an answer is given up", defaultValue = "3", min = "1", max = "20")
    val attempts: Int,
)
