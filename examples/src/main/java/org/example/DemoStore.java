package org.example;

import dev.kloset.ObjectMac;
import dev.kloset.Range;
import dev.kloset.StorageResource;
import dev.kloset.Store;
import dev.kloset.StoreContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Keeps a repository in one directory: a file for its configuration and one for each object. */
record DemoStore(Path directory, String origin, String type, String root) implements Store {

    DemoStore(StoreContext context, DemoRepository settings) {
        this(Path.of(settings.location().path()), "localhost", context.proto(), "/");
    }

    @Override
    public void create(byte[] config) throws IOException {
        Files.createDirectories(directory);
        if (Files.exists(directory.resolve("CONFIG"))) {
            throw new FileAlreadyExistsException("there is a repository in " + directory + " already");
        }
        Files.write(directory.resolve("CONFIG"), config, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        sync(directory);
    }

    @Override
    public byte[] open() throws IOException {
        if (!Files.exists(directory.resolve("CONFIG"))) {
            throw new IOException("there is no repository in " + directory);
        }
        return Files.readAllBytes(directory.resolve("CONFIG"));
    }

    @Override
    public List<ObjectMac> list(StorageResource resource) throws IOException {
        List<ObjectMac> macs = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, resource + ".*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                macs.add(ObjectMac.fromHex(name.substring(name.lastIndexOf('.') + 1)));
            }
        }
        return macs;
    }

    /** Moves the object to its name last, so that no reader sees it before it is complete and on the disk. */
    @Override
    public long put(StorageResource resource, ObjectMac mac, InputStream data) throws IOException {
        Path temporary = Files.createTempFile(directory, "new-", null);
        try {
            long size;
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                size = data.transferTo(out);
                channel.force(true);
            }
            Files.move(temporary, file(resource, mac), StandardCopyOption.ATOMIC_MOVE);
            sync(directory);
            return size;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public InputStream get(StorageResource resource, ObjectMac mac, Range range) throws IOException {
        InputStream whole = Files.newInputStream(file(resource, mac));
        return range == null ? whole : range.of(whole);
    }

    @Override
    public void delete(StorageResource resource, ObjectMac mac) throws IOException {
        Files.deleteIfExists(file(resource, mac));
    }

    private Path file(StorageResource resource, ObjectMac mac) {
        return directory.resolve(resource + "." + mac);
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        }
    }
}
