package dev.kloset.jdbc.backup;

import dev.kloset.jdbc.catalog.Part;
import dev.kloset.jdbc.catalog.Table;
import dev.kloset.jdbc.layout.Layout;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Emits the parts of a table in any order, and each of their directories before the first part in it. For one thread. */
final class PartRecords {

    private final SnapshotRecords records;
    private final RowMemory memory;
    private final Table table;
    private final List<Part> parts;
    private final IntFunction<PartContent> contents;
    private final Set<String> directories = new HashSet<>();

    /**
     * @param contents what reads the part with an index when the host opens it
     */
    PartRecords(SnapshotRecords records, RowMemory memory, Table table, List<Part> parts,
            IntFunction<PartContent> contents) {
        this.records = records;
        this.memory = memory;
        this.table = table;
        this.parts = parts;
        this.contents = contents;
    }

    /**
     * Emit a part.
     *
     * @param file null if the host's opening reads the rows; otherwise it has a reservation of the memory
     */
    void emit(int index, @Nullable PartFile file) throws IOException, InterruptedException {
        Part part = parts.get(index);
        String directory = Layout.directory(table.name(), part.number());
        if (directories.add(directory)) {
            records.directory(directory);
        }
        String pathname = Layout.part(table.name(), part.number());
        PartContent content = contents.apply(index);
        if (file == null) {
            records.unread(pathname, content);
            return;
        }
        HeldRows held = new HeldRows(file.bytes(), file.isZipped() ? content::openZippedAgain : content::openAgain);
        memory.hold(held);
        records.rows(file.isZipped() ? Layout.zipped(pathname) : pathname, held, () -> memory.release(held));
    }
}
