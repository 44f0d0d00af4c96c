package dev.kloset.hadoop.backup;

import dev.kloset.ParallelListing;
import dev.kloset.hadoop.backup.SourceDirectory.Standard;
import dev.kloset.hadoop.connect.Calls;
import dev.kloset.hadoop.layout.Layout;
import dev.kloset.hadoop.mount.RealPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;

/**
 * Lists a tree on several threads. A directory that must not be read, or is gone, is an error of its path; any other failure ends
 * the listing, because nothing can be said of what follows.
 */
record Tree(Source source, TreeRecords records) {

    private static final int WORKERS = 16;
    private static final int WAITING = 32;
    /** How many files one worker asks about before it takes other work, and how many share a file of metadata. */
    private static final int PAGE = 500;

    /** Emit everything. */
    void emit(RealPath live, String pathname) throws IOException, InterruptedException {
        FileStatus status = status(live, pathname);
        ancestors(pathname);
        if (!status.isDirectory()) {
            RealPath above = live.at(Layout.parent(live.pathname()));
            SourceDirectory directory = new SourceDirectory(above, Layout.parent(pathname), source.status(above),
                    Standard.NONE);
            records.file(directory, Layout.name(pathname), status);
            return;
        }
        ParallelListing.with(WORKERS)
                .withWaiting(WAITING)
                .run(tasks -> list(new SourceDirectory(live, pathname, status, Standard.NONE), tasks));
    }

    private FileStatus status(RealPath live, String pathname) throws IOException, InterruptedException {
        try {
            return source.status(live);
        } catch (IOException e) {
            throw new IOException("cannot back up " + source.words(pathname), e);
        }
    }

    /** Emit the directories above, which are no part of the tree: nothing of them is restored. */
    private void ancestors(String pathname) throws IOException, InterruptedException {
        if (pathname.equals("/")) {
            return;
        }
        String above = Layout.parent(pathname);
        ancestors(above);
        records.ancestor(above);
    }

    private void list(SourceDirectory directory, ParallelListing.Tasks tasks) throws IOException, InterruptedException {
        records.directory(directory);
        try {
            new Pages(directory, tasks).list(source.list(directory.live()));
        } catch (AccessControlException | FileNotFoundException e) {
            records.failed(directory.pathname(), "list", e);
        }
    }

    /** One directory: pages of its files, and its directories, each a task of its own. */
    private final class Pages {

        private final SourceDirectory directory;
        private final ParallelListing.Tasks tasks;
        private List<FileStatus> files = new ArrayList<>();
        private int number;

        Pages(SourceDirectory directory, ParallelListing.Tasks tasks) {
            this.directory = directory;
            this.tasks = tasks;
        }

        void list(RemoteIterator<? extends FileStatus> entries) throws IOException, InterruptedException {
            while (Calls.get(entries::hasNext)) {
                FileStatus entry = Calls.get(entries::next);
                String name = entry.getPath().getName();
                if (directory.live().isMountTable()) {
                    mount(name);
                } else if (entry.isDirectory()) {
                    enter(directory.child(name, directory.live().child(name), entry));
                } else {
                    files.add(entry);
                    endPage(PAGE);
                }
            }
            endPage(number == 0 ? 0 : 1);
        }

        private void mount(String name) throws IOException, InterruptedException {
            RealPath live = Calls.get(() -> RealPath.of(source.view(), directory.live().child(name).path()));
            FileStatus target = source.status(live);
            if (target.isDirectory()) {
                enter(directory.child(name, live, target));
            } else {
                records.file(directory, name, target);
            }
        }

        private void enter(SourceDirectory child) throws IOException, InterruptedException {
            if (!source.excludes().prunes(child.pathname())) {
                tasks.add(() -> Tree.this.list(child, tasks));
            }
        }

        private void endPage(int least) throws IOException, InterruptedException {
            if (files.size() >= least) {
                List<FileStatus> page = files;
                int which = number++;
                files = new ArrayList<>();
                tasks.add(() -> page(which, page));
            }
        }

        private void page(int which, List<FileStatus> page) throws IOException, InterruptedException {
            if (directory.live().isMountTable()) {
                return;
            }
            try {
                records.page(directory, which, page);
            } catch (AccessControlException | FileNotFoundException e) {
                records.failed(directory.pathname(), "read", e);
            }
        }
    }
}
