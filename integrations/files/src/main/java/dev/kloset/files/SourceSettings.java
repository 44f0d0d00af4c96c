package dev.kloset.files;

import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;

@Configuration("A directory, or a single file, to back up")
record SourceSettings(
        @Setting("What to back up, such as files:///home") Location location,
        @Setting("List directories on which another file system is mounted, and subvolumes too, but nothing inside them") boolean dontTraverseFs,
        @Setting("Back up Kloset repositories that lie in the source; they are left out otherwise, as each would grow with every backup of itself") boolean includeRepositories) {}
