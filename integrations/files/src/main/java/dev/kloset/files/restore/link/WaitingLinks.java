package dev.kloset.files.restore.link;

import dev.kloset.FileInfo;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that may still get more names. The most recent ones stay unpacked, because they may not be restored yet and their other
 * names are often near; the others are packed. For one thread.
 */
final class WaitingLinks {

    /** More than can be on their way to the disk. */
    private static final int RECENT = 1024;

    private record Key(long dev, long ino) {
        static Key of(FileInfo info) {
            return new Key(info.dev(), info.ino());
        }
    }

    private final int mostFiles;
    private final long mostBytes;
    private final Map<Key, LinkedFile> recent = new LinkedHashMap<>();
    private final PackedLinks packed = new PackedLinks();

    /**
     * @param mostFiles how many files may wait
     * @param mostBytes how much memory the packed ones may take
     */
    WaitingLinks(int mostFiles, long mostBytes) {
        this.mostFiles = mostFiles;
        this.mostBytes = mostBytes;
    }

    int size() {
        return recent.size() + packed.size();
    }

    /** {@return the file with the numbers of {@code info}} */
    @Nullable
    LinkedFile find(FileInfo info) {
        LinkedFile file = recent.get(Key.of(info));
        return file == null ? packed.find(info.dev(), info.ino()) : file;
    }

    /** {@return whether there was room for {@code file}} A file already in here stays. */
    boolean add(LinkedFile file) {
        pack();
        if (size() >= mostFiles || packed.bytes() > mostBytes) {
            return false;
        }
        if (packed.find(file.info().dev(), file.info().ino()) == null) {
            recent.putIfAbsent(Key.of(file.info()), file);
        }
        return true;
    }

    private void pack() {
        Iterator<LinkedFile> eldest = recent.values().iterator();
        while (recent.size() >= RECENT && eldest.hasNext()) {
            LinkedFile file = eldest.next();
            if (!file.restored().isDone()) {
                return;
            }
            if (file.restored().isCompletedExceptionally() || packed.add(file)) {
                eldest.remove(); // nothing can be linked to a file that has failed
            }
        }
    }

    /** Note that another name of {@code file} has come. */
    void countDown(LinkedFile file) {
        if (recent.containsKey(Key.of(file.info()))) {
            if (file.missing() > 1) {
                recent.put(Key.of(file.info()), file.withoutOne());
            } else {
                recent.remove(Key.of(file.info()));
            }
        } else {
            packed.countDown(file.info().dev(), file.info().ino());
        }
    }

    void remove(LinkedFile file) {
        if (recent.remove(Key.of(file.info())) == null) {
            packed.remove(file.info().dev(), file.info().ino());
        }
    }
}
