package ${package};

import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;

/** What a user may set for a restore. */
@Configuration("A directory to restore into")
record ${className}Destination(
        @Setting("The directory") Location location,
        @Setting(value = "Replace files that are already there", defaultValue = "true") boolean replace) {}
