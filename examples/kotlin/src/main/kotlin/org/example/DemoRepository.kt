package org.example

import dev.kloset.Configuration
import dev.kloset.Location
import dev.kloset.Setting

/** What a user may set for a repository. */
@Configuration("A directory that keeps a repository")
@JvmRecord
data class DemoRepository(@Setting("The directory") val location: Location)
