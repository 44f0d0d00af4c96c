package dev.kloset.files.source;

import dev.kloset.files.posix.OwnerNames;
import dev.kloset.files.posix.WalkName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The entries of a directory by its path, which the first question opens. */
final class NamedListing extends SourceListing {

    private final OwnerNames owners;
    private final Path path;
    private @Nullable DirectoryStream<Path> stream;
    private @Nullable Iterator<Path> entries;

    NamedListing(OwnerNames owners, Path path) {
        this.owners = owners;
        this.path = path;
    }

    @SuppressWarnings("StreamResourceLeak") // it outlives this call; close() closes it
    public @Override @Nullable Entry next() throws IOException {
        try {
            Iterator<Path> open = entries;
            if (open == null) {
                DirectoryStream<Path> opened = Files.newDirectoryStream(path);
                stream = opened;
                open = opened.iterator();
                entries = open;
            }
            return open.hasNext() ? new Entry(WalkName.lastBytes(open.next()), false) : null;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    @Override
    public SourceFile file(byte[] name) {
        return new NamedFile(owners, path.resolve(WalkName.path(name)));
    }

    @Override
    public void close() {
        DirectoryStream<Path> opened = stream;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException e) {
                // The listing was read; a failure to close it changes nothing.
            }
        }
    }
}
