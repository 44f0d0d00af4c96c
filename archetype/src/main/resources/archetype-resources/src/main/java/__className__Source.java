package ${package};

import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;
import java.time.Duration;

/** What a user may set for a backup. Every component is an option: {@code -o timeout=30s}. */
@Configuration("A directory to back up")
record ${className}Source(
        @Setting("The directory") Location location,
        @Setting(value = "Directories to list at once", defaultValue = "4", min = "1", max = "64") int listings,
        @Setting(value = "The longest wait for the file system", defaultValue = "1m", min = "1s", max = "1h") Duration timeout,
        @Setting(value = "Attempts after which an answer is given up", defaultValue = "3", min = "1", max = "20") int attempts) {}
