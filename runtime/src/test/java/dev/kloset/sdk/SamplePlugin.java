package dev.kloset.sdk;

import dev.kloset.ConnectorRecord;
import dev.kloset.Content;
import dev.kloset.Exporter;
import dev.kloset.FileRecord;
import dev.kloset.Importer;
import dev.kloset.Location;
import dev.kloset.LocationFlag;
import dev.kloset.ObjectMac;
import dev.kloset.Plugin;
import dev.kloset.Range;
import dev.kloset.RecordSink;
import dev.kloset.RecordSource;
import dev.kloset.ResultSink;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plugin that reports on standard error what it is asked to do. */
public final class SamplePlugin implements Importer, Exporter, Store {

    private final Location location;
    private final String kind;

    private SamplePlugin(String kind, Location location) throws IOException {
        this.kind = kind;
        this.location = location;
        say("made");
        if (location.path().equals("/broken")) {
            throw new IOException("it is broken");
        }
        if (location.path().equals("/child")) {
            say("has a child: " + child());
        }
        if (location.path().equals("/unpacked")) {
            File library = File.createTempFile("libnative", ".so");
            library.deleteOnExit();
            say("has unpacked " + library);
        }
    }

    /** As Hadoop and Spark do it: with the class path from the system properties. */
    private static String child() throws IOException {
        Process child = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-cp",
                System.getProperty("java.class.path"), Child.class.getName()).redirectErrorStream(true).start();
        return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Prints where its classes come from. */
    static final class Child {
        private Child() {}

        @SuppressWarnings("SystemOut") // a program of its own
        public static void main(String[] args) {
            System.out.println(Path.of(URI.create(
                    Child.class.getProtectionDomain().getCodeSource().getLocation().toString())));
        }
    }

    static Plugin plugin() {
        return Plugin.builder("sample")
                .storage("mem", context -> new SamplePlugin("storage", context.config().location()))
                .importer("demo", Set.of(LocationFlag.NOMERGE, LocationFlag.LOCALFS),
                        context -> new SamplePlugin("importer", context.config().location()))
                .exporter("demo", context -> new SamplePlugin("exporter", context.config().location()))
                .build();
    }

    public static void main(String[] args) {
        Entrypoint.run(args, plugin());
    }

    @SuppressWarnings("SystemOut") // a stray print: it must end up on standard error
    private void say(String what) {
        System.out.println(kind + " " + what);
    }

    @Override
    public String origin() {
        return location.path();
    }

    @Override
    public String type() {
        return "sample";
    }

    @Override
    public String root() {
        return "/";
    }

    @Override
    public void importRecords(RecordSink records) throws IOException, InterruptedException {
        say("reads " + (Files.exists(Path.of(location.path(), "text")) ? "a directory with files" : "nothing real"));
        // More than the SDK sends without acknowledgements.
        for (int i = 0; i < 1_000_000; i++) {
            String name = "file-" + i;
            records.emit(FileRecord.file("/" + name, 7, Instant.EPOCH, content(name)));
        }
        say("came to its end");
    }

    private Content content(String name) {
        return () -> {
            say("opens " + name);
            return Content.of("content").open();
        };
    }

    @Override
    public void exportRecords(RecordSource records, ResultSink results) throws IOException, InterruptedException {
        records.forEach(results, this::write);
    }

    private void write(ConnectorRecord record) throws IOException {
        if (record instanceof FileRecord file && file.content().isPresent()) {
            try (InputStream content = file.content().get().open()) {
                say("writes " + content.readAllBytes().length + " bytes");
            }
        }
    }

    @Override
    public void create(byte[] config) {
        say("is created");
    }

    @Override
    public byte[] open() throws IOException {
        say("is opened");
        throw new IOException("it does not want to");
    }

    @Override
    public List<ObjectMac> list(StorageResource resource) {
        say("lists " + resource);
        return List.of();
    }

    @Override
    public long put(StorageResource resource, ObjectMac mac, InputStream data) throws IOException {
        say("keeps " + resource);
        return data.readAllBytes().length;
    }

    @Override
    public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range) throws IOException {
        say("finds " + resource);
        InputStream whole = new ByteArrayInputStream(new byte[100]);
        return range == null ? whole : range.of(whole);
    }

    @Override
    public void delete(StorageResource resource, ObjectMac mac) {
        say("deletes " + resource);
    }

    @Override
    public void close() {
        say("is closed");
    }
}
