package dev.kloset.examples;

import dev.kloset.ConnectorContext;
import dev.kloset.ConnectorException;
import dev.kloset.ErrorKind;
import dev.kloset.FileInfo;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.ParallelListing;
import dev.kloset.RecordSink;
import dev.kloset.exclude.Excludes;
import dev.kloset.resilience.IdleTimeout;
import dev.kloset.resilience.ResumingContent;
import dev.kloset.resilience.Retry;
import dev.kloset.resilience.RetryTally;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Backs up the files of a web server that lists its directories: the address of a directory gives one line per entry, with the
 * size in bytes, the time of the last change in seconds and the name, or for a directory a hyphen, the time, and the name.
 * Settings: {@code timeout_ms}, the longest wait for an answer or a byte, and {@code give_up_ms}, after which the importer no
 * longer retries.
 */
final class WebImporter implements Importer {

    private static final System.Logger LOG = System.getLogger("web");

    private final String server;
    private final Excludes excludes;
    // tag::pieces[]
    private final RetryTally retries = new RetryTally();
    private final IdleTimeout timeout;
    private final Retry retry;

    WebImporter(ConnectorContext context) throws IOException {
        var config = context.config();
        config.allowOnly(Set.of("timeout_ms", "give_up_ms"));
        server = config.location().path();
        excludes = Excludes.of(context.options().excludes());
        timeout = IdleTimeout.of(Duration.ofMillis(config.number("timeout_ms", 30_000)));
        retry = Retry.attempts(8)
                .within(Duration.ofMillis(config.number("give_up_ms", 120_000)))
                .countedBy(retries);
    }

    private FileRecord file(String path, long size, Instant time) {
        String what = "read " + path;
        return FileRecord.file(path, size, time, new ResumingContent(what, size,
                offset -> timeout.open(what, () -> connect(path, offset)), retry));
    }

    private List<String> list(String directory) throws IOException, InterruptedException {
        return retry.call("list " + directory + "/", () -> {
            try (InputStream in = timeout.open("get an answer from " + server, () -> connect(directory + "/", 0))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            }
        });
    }

    @Override
    public void close() {
        if (retries.retries() > 0) {
            LOG.log(Level.WARNING, server + " needed " + retries);
        }
    }
    // end::pieces[]

    private InputStream connect(String path, long offset) throws IOException {
        URI address = URI.create("http://" + server + path.replace(" ", "%20"));
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("Range", "bytes=" + offset + "-");
        int status = connection.getResponseCode();
        return switch (status) {
            case 206 -> connection.getInputStream();
            case 404 -> throw new ConnectorException(ErrorKind.NOT_FOUND, "there is no " + path + " on " + server);
            case 429, 502, 503, 504 -> throw new ConnectorException(ErrorKind.TRANSIENT, server + " is busy (" + status
                    + ")");
            default -> throw new IOException(server + " answered " + status + " for " + path);
        };
    }

    @Override
    public String origin() {
        return server;
    }

    @Override
    public String type() {
        return "web";
    }

    @Override
    public String root() {
        return "/";
    }

    // tag::parallel[]
    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        ParallelListing.with(8).run(tasks -> walk("", tasks, records));
    }
    // end::parallel[]

    // tag::prune[]
    private void walk(String directory, ParallelListing.Tasks tasks, RecordSink records)
            throws IOException, InterruptedException {
        for (String line : list(directory)) {
            String[] fields = line.split(" ", 3);
            String path = directory + "/" + fields[2];
            Instant time = Instant.ofEpochSecond(Long.parseLong(fields[1]));
            if (!fields[0].equals("-")) {
                records.emit(file(path, Long.parseLong(fields[0]), time));
            } else if (!excludes.prunes(path)) {
                records.emit(FileRecord.of(path, FileInfo.directory(fields[2], time)));
                tasks.add(() -> walk(path, tasks, records));
            }
        }
    }
    // end::prune[]
}
