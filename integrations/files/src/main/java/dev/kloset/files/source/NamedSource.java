package dev.kloset.files.source;

import dev.kloset.files.posix.OwnerNames;
import dev.kloset.files.posix.SourceCalls;
import dev.kloset.files.posix.WalkName;
import java.nio.file.Path;

/** A source by its path, for systems without {@link SourceCalls}. If another file takes the place of a directory, it is followed. */
final class NamedSource extends SourceTree {

    private final OwnerNames owners = new OwnerNames();
    private final Path start;

    NamedSource(Path start) {
        this.start = start;
    }

    @Override
    public SourceFile hold(SourcePlace place) {
        Path path = start;
        if (place.path().length > 0) {
            path = WalkName.path(SourcePlace.join(WalkName.bytes(start), place.path()));
        }
        return new NamedFile(owners, path);
    }

    @Override
    public void close() {}
}
