package dev.kloset.it;

import dev.kloset.ByteSize;
import dev.kloset.Configuration;
import dev.kloset.RemoteLocation;
import dev.kloset.Secret;
import dev.kloset.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The configuration that the guide shows. */
// tag::record[]
@Configuration("Files on a shelf server")
record ShelfConfig(
        @Setting(value = "Where the shelf is", defaultPort = 7070) RemoteLocation location,
        @Setting("The key that the server gave you") String accessName,
        @Setting(value = "Its password", aliases = "secret_password") Secret accessPassword,
        @Setting("Another address of the service") Optional<URI> endpoint,
        @Setting(value = "How long to wait for an answer", defaultValue = "30s", min = "1s", max = "1h") Duration timeout,
        @Setting(value = "How much to send at once", defaultValue = "16MiB") ByteSize partSize,
        @Setting(value = "How to keep files", defaultValue = "standard") Keep keep,
        @Setting(value = "Connections at once", defaultValue = "4", min = "1", max = "64") int connections,
        @Setting(value = "The name of the shelf", pattern = "[a-z][a-z0-9-]{2,30}") Optional<String> shelf,
        @Setting("Labels for new files") List<String> labels,
        @Setting("A file with certificates") Optional<Path> certificates,
        @Setting("Accept any certificate") boolean trustAnyCertificate) {

    enum Keep {
        STANDARD, COLD_STORAGE
    }
}
// end::record[]
