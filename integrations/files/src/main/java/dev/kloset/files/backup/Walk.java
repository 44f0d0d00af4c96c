package dev.kloset.files.backup;

import dev.kloset.FileInfo;
import dev.kloset.RecordSink;
import dev.kloset.files.posix.OpenFileLimit;
import dev.kloset.files.posix.OwnerNames;
import dev.kloset.files.posix.WalkName;
import dev.kloset.files.source.NamedFile;
import dev.kloset.files.source.SourceFile;
import dev.kloset.files.source.SourcePlace;
import dev.kloset.files.source.SourceTree;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One walk over a tree, by several threads. The record of a directory precedes those of its entries; otherwise the order is
 * free. A part of the source that does not answer holds up only itself, and is reported by name.
 */
final class Walk implements WalkCrew.Lead {

    private final WalkRoot root;
    private final SourceTree tree;
    private final WalkRules rules;
    private final RecordSink sink;
    private final WalkRecords records;
    private final boolean xattrs;
    private final OwnerNames owners = new OwnerNames();
    private final WalkTimes times = new WalkTimes();
    private final Logger log;
    private final WalkStack stack = new WalkStack(OpenFileLimit.share());
    private final WalkCrew crew;
    private final AtomicBoolean begun = new AtomicBoolean();
    private long startDevice;

    /**
     * @param tree the tree, held at the start of {@code root}
     * @param xattrs whether to emit extended attributes
     * @param threads the number of records that the host takes at once
     */
    Walk(WalkRoot root, SourceTree tree, WalkRules rules, RecordSink sink, boolean xattrs, int threads, Logger log) {
        this(root, tree, rules, sink, xattrs, threads, WalkCrew.Patience.USUAL, log);
    }

    Walk(WalkRoot root, SourceTree tree, WalkRules rules, RecordSink sink, boolean xattrs, int threads,
            WalkCrew.Patience patience, Logger log) {
        this.root = root;
        this.tree = tree;
        this.rules = rules;
        this.sink = sink;
        this.log = log;
        this.records = new WalkRecords(sink, tree, times, xattrs);
        this.xattrs = xattrs;
        this.crew = new WalkCrew(Math.min(threads, OpenFileLimit.share()), this::work, this, patience, log);
    }

    /** Emit everything. Throws if the root itself is gone; any failure below the root becomes a record. */
    void run() throws IOException, InterruptedException {
        SourcePlace start = SourcePlace.start(WalkRoot.pathname(root.start()));
        try (SourceFile file = tree.hold(start)) {
            startDevice = file.info("").dev();
        }
        for (Path ancestor : root.ancestors()) {
            emitAncestor(ancestor);
        }
        for (Path link : root.linksOutside()) {
            NamedFile file = new NamedFile(owners, link);
            records.emit(file, SourcePlace.start(WalkRoot.pathname(link)), file.info(WalkName.of(link)));
        }
        try {
            for (String pathname : crew.run()) {
                records.emitError(pathname, "cannot be read",
                        new IOException("its file system did not answer; the missing part is not backed up"));
            }
        } finally {
            stack.end();
        }
        rules.sumUp();
        times.sumUp(log);
    }

    private void emitAncestor(Path ancestor) throws IOException, InterruptedException {
        String pathname = WalkRoot.pathname(ancestor);
        FileInfo info;
        try {
            // Follow links here: to the host a link is a file, and a file cannot have the root below it.
            info = NamedFile.info(new FollowedFile(ancestor), owners, WalkName.of(ancestor));
        } catch (IOException e) {
            records.emitError(pathname, "cannot read the metadata", e);
            return;
        }
        records.emitDirectory(pathname, info);
    }

    private record FollowedFile(Path path) implements OwnerNames.Locator {
        @Override
        public LinkOption[] options() {
            return new LinkOption[0];
        }
    }

    private void work(WalkMember member) throws IOException, InterruptedException {
        Walker walker = new Walker(tree, rules, stack, member, new WalkRecords(member, tree, times, xattrs),
                startDevice,
                this::help);
        stack.begin();
        try {
            if (begun.compareAndSet(false, true)) {
                walker.begin(SourcePlace.start(WalkRoot.pathname(root.start())), WalkName.of(root.start()));
            }
            walker.work();
        } finally {
            if (member.finish()) {
                stack.leave();
            }
        }
    }

    private void help() {
        if (stack.wantsHelp()) {
            crew.grow();
        }
    }

    @Override
    public WalkMember newMember() {
        return new WalkMember(sink);
    }

    @Override
    public void doWithoutOne() {
        stack.leave();
    }
}
