package dev.kloset.files.store;

import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;

@Configuration("A directory with a repository")
public record StoreSettings(
        @Setting("Where the repository is, such as files:///var/backups/repository") Location location) {}
