package dev.kloset.cli.compare;

import dev.kloset.Importer;
import dev.kloset.LocationFlag;
import dev.kloset.cli.copy.SourcePaths;
import dev.kloset.exclude.Excludes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** One side of a comparison. Its owner closes the importer. */
public final class Side {

    private final Importer importer;
    private final BooleanSupplier gone;
    private final Traits traits;

    /** @param gone says whether the importer is gone as a whole */
    public Side(Importer importer, BooleanSupplier gone) {
        this.importer = importer;
        this.gone = gone;
        this.traits = new Traits(importer.flags().contains(LocationFlag.LOCALFS));
    }

    /** {@return what the side has} */
    public Traits traits() {
        return traits;
    }

    /** Read everything. Blocks until the last content is read. */
    EntrySorter read(Path directory, String name, long memory, Excludes excludes, int concurrency)
            throws IOException, InterruptedException {
        EntrySorter sorter = new EntrySorter(directory, name, memory);
        try (SideSink sink = new SideSink(new SourcePaths(importer.root()), excludes, sorter, traits, concurrency,
                gone)) {
            importer.importRecords(sink);
            sink.finish();
        }
        return sorter;
    }
}
