package dev.kloset.files;

import dev.kloset.Excludes;
import dev.kloset.FileInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a tree, by several threads: each goes down its own branch and gives a directory away whenever somebody
 * is free to take it. A directory's record comes before those of its entries; any other order is free.
 */
final class Walk {

    private final WalkRoot root;
    private final WalkRecords records;
    private final Excludes excludes;
    private final boolean oneFileSystem;
    private final WalkMetadata metadata = new WalkMetadata();
    private final WalkCrew crew;
    private long device;

    Walk(WalkRoot root, WalkRecords records, Excludes excludes, boolean oneFileSystem, int threads) {
        this.root = root;
        this.records = records;
        this.excludes = excludes;
        this.oneFileSystem = oneFileSystem;
        this.crew = new WalkCrew(threads);
    }

    /** Emit everything. Throws if the root itself is gone; what goes wrong below it becomes a record. */
    void run() throws IOException, InterruptedException {
        device = metadata.read(root.start(), "").dev();
        for (Path ancestor : root.ancestors()) {
            emitAncestor(ancestor);
        }
        for (Path link : root.linksOutside()) {
            WalkName name = WalkName.of(link);
            records.emit(link, WalkRoot.pathname(link), metadata.read(link, name.text()));
        }
        crew.run(this::start);
    }

    private void emitAncestor(Path ancestor) throws IOException, InterruptedException {
        String pathname = WalkRoot.pathname(ancestor);
        try {
            // Links are followed here: to the host a link is a file, and a file cannot have the root below it.
            records.emitDirectory(pathname, metadata.readFollowing(ancestor, WalkName.of(ancestor).text()));
        } catch (IOException e) {
            records.emitError(pathname, "cannot read the metadata", e);
        }
    }

    private void start() throws IOException, InterruptedException {
        Path start = root.start();
        String pathname = WalkRoot.pathname(start);
        if (visit(start, WalkName.of(start), pathname)) {
            walk(new WalkDirectory(start, pathname));
        }
    }

    /** Without recursion: trees are deeper than stacks. */
    private void walk(WalkDirectory top) throws IOException, InterruptedException {
        Deque<WalkDirectory> branch = new ArrayDeque<>();
        branch.push(top);
        try {
            while (!branch.isEmpty()) {
                WalkDirectory directory = branch.element();
                WalkDirectory child = directory.takePending();
                if (child != null) {
                    if (!crew.offer(() -> walk(child))) {
                        branch.push(child);
                    }
                } else if (directory.isDone()) {
                    branch.pop();
                } else {
                    readOn(directory);
                }
            }
        } finally {
            for (WalkDirectory directory : branch) {
                directory.close();
            }
        }
    }

    private void readOn(WalkDirectory directory) throws IOException, InterruptedException {
        while (!directory.isFull()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("the walk was interrupted");
            }
            Path entry = next(directory);
            if (entry == null) {
                return;
            }
            WalkName name = WalkName.of(entry);
            if (visit(entry, name, directory.pathname(name.text()))) {
                directory.addPending(entry.getFileName());
            }
        }
    }

    private @Nullable Path next(WalkDirectory directory) throws IOException, InterruptedException {
        try {
            return directory.next();
        } catch (IOException e) {
            records.emitError(directory.pathname(), "cannot list the directory", e);
            return null;
        }
    }

    /** {@return whether this is a directory to walk} Its record, if it gets one, is emitted. */
    private boolean visit(Path path, WalkName name, String pathname)
            throws IOException, InterruptedException {
        FileInfo info;
        try {
            info = metadata.read(path, name.text());
        } catch (IOException e) {
            if (!excludes.excludes(pathname, false)) {
                records.emitError(pathname, "cannot read the metadata", e);
            }
            return false;
        }
        boolean isDirectory = info.mode().isDirectory();
        boolean excluded = excludes.excludes(pathname, isDirectory);
        if (excluded && (!isDirectory || excludes.prunes(pathname))) {
            return false;
        }
        if (!name.valid()) {
            records.emitBadName(pathname, isDirectory);
            return false;
        }
        if (!excluded) {
            records.emit(path, pathname, info);
        }
        return isDirectory && mayEnter(info);
    }

    private boolean mayEnter(FileInfo directory) {
        return !oneFileSystem || directory.dev() == device;
    }
}
