package dev.kloset.benchmarks.hadoop;

import dev.kloset.benchmarks.measure.Timed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that copies trees of HDFS to the local disk and back. */
interface Copier {

    String name();

    /** Make {@code target} on the local disk like {@code source} on HDFS. */
    Timed copy(HdfsCluster cluster, String source, Path target) throws IOException, InterruptedException;

    /** Make {@code target} on HDFS like {@code source} on the local disk. */
    Timed copyBack(HdfsCluster cluster, Path source, String target) throws IOException, InterruptedException;

    /** {@return Hadoop's own copier} It removes what the source no longer has. */
    static Copier distcp(Path directory) {
        return new Copier() {
            @Override
            public String name() {
                return "distcp";
            }

            @Override
            public Timed copy(HdfsCluster cluster, String source, Path target)
                    throws IOException, InterruptedException {
                // With -delete the target must be there.
                Files.createDirectories(target);
                return run(cluster, cluster.location(source), target.toUri().toString());
            }

            @Override
            public Timed copyBack(HdfsCluster cluster, Path source, String target)
                    throws IOException, InterruptedException {
                return run(cluster, source.toUri().toString(), cluster.location(target));
            }

            private Timed run(HdfsCluster cluster, String from, String to) throws IOException, InterruptedException {
                return Timed.run(cluster.programs().copier(directory, cluster.conf(), "-update", "-delete", from, to),
                        Map.of(), directory);
            }
        };
    }

    /** {@return rclone, if it is installed} */
    static Optional<Copier> rclone(Path directory) {
        boolean isInstalled = List.of(System.getenv("PATH").split(":", -1))
                .stream()
                .anyMatch(path -> Files.isExecutable(Path.of(path, "rclone")));
        return isInstalled ? Optional.of(new Rclone(directory)) : Optional.empty();
    }

    /** @param directory for its settings: it has none */
    record Rclone(Path directory) implements Copier {

        @Override
        public String name() {
            return "rclone";
        }

        @Override
        public Timed copy(HdfsCluster cluster, String source, Path target) throws IOException, InterruptedException {
            return sync(remote(cluster, source), target.toString());
        }

        @Override
        public Timed copyBack(HdfsCluster cluster, Path source, String target)
                throws IOException, InterruptedException {
            return sync(source.toString(), remote(cluster, target));
        }

        private static String remote(HdfsCluster cluster, String path) {
            return ":hdfs,namenode=\"" + cluster.host() + "\",username=" + System.getProperty("user.name") + ":" + path;
        }

        private Timed sync(String from, String to) throws IOException, InterruptedException {
            return Timed.run(List.of("rclone", "--config", directory.resolve("none").toString(), "sync", from, to),
                    Map.of(), directory);
        }
    }
}
