package dev.kloset.examples;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Keeps a repository in one directory: simple, and without the promise to survive a power cut. */
// @formatter:off: one line for what is one thought, as a reader of the guide sees it
// tag::store[]
record DirectoryStore(Path dir, String origin, String type, String root) implements Store {
    DirectoryStore(StoreContext c) throws IOException { this(Path.of(c.config().location().path()), "localhost", "dir", "/"); }
    @Override public void create(byte[] config) throws IOException {
        Files.write(Files.createDirectory(dir).resolve("CONFIG"), config);
    }
    @Override public byte[] open() throws IOException { return Files.readAllBytes(dir.resolve("CONFIG")); }
    @Override public List<ObjectMac> list(StorageResource resource) throws IOException {
        try (var files = Files.newDirectoryStream(dir, resource + ".*")) {
            return StreamSupport.stream(files.spliterator(), false).map(Path::toString)
                    .map(name -> ObjectMac.fromHex(name.substring(name.lastIndexOf('.') + 1))).toList();
        }
    }
    @Override public long put(StorageResource resource, ObjectMac mac, InputStream data) throws IOException {
        Path temporary = Files.createTempFile(dir, "put.", null);
        Files.copy(data, temporary, REPLACE_EXISTING);
        return Files.size(Files.move(temporary, object(resource, mac), REPLACE_EXISTING));
    }
    @Override public InputStream get(StorageResource resource, ObjectMac mac, @Nullable Range range) throws IOException {
        InputStream whole = Files.newInputStream(object(resource, mac));
        return range == null ? whole : range.of(whole);
    }
    @Override public void delete(StorageResource r, ObjectMac mac) throws IOException { Files.deleteIfExists(object(r, mac)); }
    private Path object(StorageResource resource, ObjectMac mac) { return dir.resolve(resource + "." + mac); }
}
// end::store[]
// @formatter:on
