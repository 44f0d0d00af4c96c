package dev.kloset.files;

import java.io.IOException;
import java.nio.file.Path;

/** A source whose start is open, so that everything in it is reached from there. */
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
    SourceFile hold(SourcePlace place) throws IOException {
        return place.path().length == 0
                ? AnchoredFile.borrowing(calls, owners, start)
                : AnchoredFile.owning(calls, owners, calls.hold(start, place.path()));
    }

    @Override
    public void close() {
        calls.close(start);
    }
}
