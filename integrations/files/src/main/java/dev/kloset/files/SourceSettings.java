package dev.kloset.files;

import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;

@Configuration("A directory, or a single file, to back up")
record SourceSettings(
        @Setting("What to back up, such as files:///home") Location location,
        @Setting("List directories on which another file system is mounted, but nothing inside them") boolean dontTraverseFs) {}
