package dev.kloset.files.backup;

import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;

@Configuration("A directory, or a single file, to back up")
public record SourceSettings(
        @Setting("What to back up, such as files:///home") Location location,
        @Setting("List directories on which another file system is mounted, and subvolumes too, but nothing inside them") boolean dontTraverseFs,
        @Setting("Back up Kloset repositories in the source, too; by default they are left out, because each would grow with every backup of itself") boolean includeRepositories) {}
