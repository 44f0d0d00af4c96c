package dev.kloset.files.source;

import dev.kloset.files.posix.OwnerNames;
import dev.kloset.files.posix.SourceCalls;
import dev.kloset.files.posix.WalkName;
import java.io.IOException;
import java.nio.file.Path;

/** A source whose start is open, so that all its files are reached from there. */
final class AnchoredSource extends SourceTree {

    private final SourceCalls calls;
    private final OwnerNames owners;
    private final int start;

    private AnchoredSource(SourceCalls calls, int start) {
        this.calls = calls;
        this.owners = new OwnerNames();
        this.start = start;
    }

    static AnchoredSource open(SourceCalls calls, Path start) throws IOException {
        return new AnchoredSource(calls, calls.holdStart(WalkName.bytes(start)));
    }

    @Override
    public SourceFile hold(SourcePlace place) throws IOException {
        return place.path().length == 0
                ? AnchoredFile.borrowing(calls, owners, start)
                : AnchoredFile.owning(calls, owners, calls.hold(start, place.path()));
    }

    @Override
    public void close() {
        calls.close(start);
    }
}
