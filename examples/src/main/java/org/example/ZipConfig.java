package org.example;

import dev.kloset.ByteSize;
import dev.kloset.Configuration;
import dev.kloset.Location;
import dev.kloset.Setting;

@Configuration("A ZIP file to back up")
record ZipConfig(
        @Setting("The ZIP file") Location location,
        @Setting(value = "Larger files are left out and reported", defaultValue = "1GiB", min = "1B") ByteSize largest) {}
