package dev.kloset.files.restore;

import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;

@Configuration("A directory to restore to")
public record TargetSettings(
        @Setting("Where to restore to, such as files:///tmp/restored; made if it is absent") Location location,
        @Setting("Only report what would be restored") boolean dryRun,
        @Setting("Leave owners alone") boolean skipOwner,
        @Setting("Give files to the user and group numbers of the source, not to the users and groups of the same names here") boolean numericOwners,
        @Setting("Give a target directory that exists already the mode, owner and attributes of the source's") boolean restoreRoot,
        @Setting("Report a file that cannot be given to its owner as an error") boolean requireOwners,
        @Setting("Remove a directory that is not empty, with everything in it, where the snapshot has a file or a link") boolean replaceDirectories) {}
