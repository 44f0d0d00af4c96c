package dev.kloset.files.backup;

import dev.kloset.FileInfo;
import dev.kloset.files.posix.QuotedName;
import dev.kloset.files.source.SourceFile;
import dev.kloset.files.source.SourceListing;
import dev.kloset.files.source.SourcePlace;
import dev.kloset.files.source.SourceTree;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The work of one crew member: it takes work from the stack, visits files and reads directories. For one thread. */
final class Walker {

    private final SourceTree tree;
    private final WalkRules rules;
    private final WalkStack stack;
    private final WalkMember member;
    private final WalkRecords records;
    private final long startDevice;
    private final Runnable help;

    /**
     * @param help asks for another member, because there is work for it
     */
    Walker(SourceTree tree, WalkRules rules, WalkStack stack, WalkMember member, WalkRecords records, long startDevice,
            Runnable help) {
        this.tree = tree;
        this.rules = rules;
        this.stack = stack;
        this.member = member;
        this.records = records;
        this.startDevice = startDevice;
        this.help = help;
    }

    /** Visit the start. */
    void begin(SourcePlace start, String name) throws IOException, InterruptedException {
        visit(start, name, startDevice, true);
    }

    /** Do the work on the stack until there is no more. */
    void work() throws IOException, InterruptedException {
        WalkStack.Step step = take();
        while (step != null) {
            perform(step);
            step = take();
        }
    }

    private WalkStack.@Nullable Step take() throws InterruptedException {
        member.turnTo(null);
        return stack.take();
    }

    private void perform(WalkStack.Step step) throws IOException, InterruptedException {
        WalkDirectory directory = step.directory();
        byte[] child = step.child();
        if (child == null) {
            readOn(directory);
            return;
        }
        String name = QuotedName.of(child);
        visit(directory.place().child(child, name), name, directory.device(), false);
    }

    /** Visit an entry that is most likely a directory. */
    private void visit(SourcePlace place, String name, long parentDevice, boolean isStart)
            throws IOException, InterruptedException {
        String pathname = place.pathname();
        if (rules.prunes(pathname)) {
            return;
        }
        member.turnTo(pathname);
        SourceFile file;
        try {
            file = tree.hold(place);
        } catch (IOException e) {
            reportUnreadable(pathname, e);
            return;
        }
        try (file) {
            FileInfo info = emit(file, place, name);
            if (info != null && info.mode().isDirectory()
                    && (isStart || enters(file, info, pathname, parentDevice))) {
                open(file, place, info);
            }
        }
    }

    /** {@return the metadata of a file, after emitting its record if it gets one; null if it cannot be read, or has gone} */
    private @Nullable FileInfo emit(SourceFile file, SourcePlace place, String name)
            throws IOException, InterruptedException {
        FileInfo info;
        try {
            info = file.info(name);
        } catch (IOException e) {
            reportUnreadable(place.pathname(), e);
            return null;
        }
        boolean there = rules.excludes(place.pathname(), info.mode().isDirectory()) || records.emit(file, place, info);
        return there ? info : null;
    }

    private void reportUnreadable(String pathname, IOException cause) throws IOException, InterruptedException {
        if (!rules.excludes(pathname, false)) {
            records.emitError(pathname, "cannot read the metadata", cause);
        }
    }

    private boolean enters(SourceFile directory, FileInfo info, String pathname, long parentDevice)
            throws IOException, InterruptedException {
        try {
            return rules.enters(directory, info, pathname, parentDevice, startDevice);
        } catch (IOException e) {
            reportUnlisted(pathname, e);
            return false;
        }
    }

    private void reportUnlisted(String pathname, IOException cause) throws IOException, InterruptedException {
        records.emitError(pathname, "cannot list the directory", cause);
    }

    private void open(SourceFile file, SourcePlace place, FileInfo info) throws IOException, InterruptedException {
        SourceListing listing;
        try {
            listing = file.list();
        } catch (IOException e) {
            reportUnlisted(place.pathname(), e);
            return;
        }
        stack.push(new WalkDirectory(place, info.dev(), listing));
    }

    /** Read a directory to its end, or until so many subdirectories are waiting that these should be walked first. */
    private void readOn(WalkDirectory directory) throws IOException, InterruptedException {
        SourceListing listing = directory.listing();
        boolean done = true;
        try {
            SourceListing.Entry entry = next(directory);
            while (entry != null) {
                if (take(directory, entry)) {
                    done = false;
                    return;
                }
                entry = next(directory);
            }
        } finally {
            if (done) {
                listing.close();
            }
            stack.stopReading(directory, done);
        }
    }

    private SourceListing.@Nullable Entry next(WalkDirectory directory) throws IOException, InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("the walk was interrupted");
        }
        String pathname = directory.place().pathname();
        member.turnTo(pathname);
        try {
            return directory.listing().next();
        } catch (IOException e) {
            reportUnlisted(pathname, e);
            return null;
        }
    }

    /** {@return whether to leave {@code directory} for now} */
    private boolean take(WalkDirectory directory, SourceListing.Entry entry) throws IOException, InterruptedException {
        return entry.directory() ? defer(directory, entry.name()) : visit(directory, entry.name());
    }

    private boolean defer(WalkDirectory directory, byte[] name) {
        boolean leave = stack.addPending(directory, name);
        help.run();
        return leave;
    }

    private boolean visit(WalkDirectory directory, byte[] name) throws IOException, InterruptedException {
        String text = QuotedName.of(name);
        SourcePlace place = directory.place().child(name, text);
        try (SourceFile file = directory.listing().file(name)) {
            FileInfo info;
            try {
                info = file.info(text);
            } catch (IOException e) {
                reportUnreadable(place.pathname(), e);
                return false;
            }
            if (info.mode().isDirectory()) {
                // Not every file system marks directories in its listings.
                return defer(directory, name);
            }
            if (!rules.excludes(place.pathname(), false)) {
                records.emit(file, place, info);
            }
            return false;
        }
    }
}
