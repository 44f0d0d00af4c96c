package dev.kloset.kafka.restore.offsets;

import dev.kloset.resilience.Spill;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of one partition are now: runs of offsets that followed each other before and do so now, one for each gap. A
 * window without gaps costs one entry, whatever its size; the runs of a window with gaps take some bytes each, in a {@link Spill}.
 * For one thread at a time.
 */
public final class OffsetRuns {

    /**
     * The runs of one window, or of several without gaps.
     *
     * @param source the offset that the first record had
     * @param target the offset that it has
     * @param length how many records the only run has
     * @param runs null if there is only one
     */
    private record Block(long source, long target, long length, Spill.@Nullable Kept runs) {}

    private final Spill spill;
    private final List<Block> blocks = new ArrayList<>();
    private long nextSource; // behind the last record
    private long nextTarget;

    /** No record yet. */
    public OffsetRuns(Spill spill) {
        this.spill = spill;
    }

    /** Takes the records of one window, in their order. For one thread at a time. */
    public final class Window {

        private final NumberBuffer runs = new NumberBuffer();
        private boolean isEmpty = true;
        private boolean isSingle = true;
        private long source; // of the first record
        private long target;
        private long runSource; // where the current run begins
        private long runTarget;
        private long length; // of the current run

        private Window() {}

        /** A record that had one offset has another one. */
        public void add(long from, long to) {
            if (isEmpty) {
                isEmpty = false;
                source = from;
                target = to;
                begin(from, to);
            } else if (from != runSource + length || to != runTarget + length) {
                isSingle = false;
                runs.put(length);
                runs.put(from - runSource - length);
                runs.put(to - runTarget - length);
                begin(from, to);
            }
            length++;
        }

        private void begin(long from, long to) {
            runSource = from;
            runTarget = to;
            length = 0;
        }

        /** All records of the window are acknowledged. */
        public void end() throws IOException {
            if (isEmpty) {
                return;
            }
            if (isSingle && !blocks.isEmpty() && blocks.getLast().runs() == null && nextSource == source
                    && nextTarget == target) {
                Block last = blocks.removeLast();
                blocks.add(new Block(last.source(), last.target(), last.length() + length, null));
            } else if (isSingle) {
                blocks.add(new Block(source, target, length, null));
            } else {
                runs.put(length);
                blocks.add(new Block(source, target, 0, spill.keep(runs.bytes())));
            }
            nextSource = runSource + length;
            nextTarget = runTarget + length;
        }
    }

    /** {@return what takes the records of the next window} */
    public Window window() {
        return new Window();
    }

    /** {@return where the record is that had this offset or, if there is none, the next one; empty if none follows} */
    public OptionalLong target(long source) throws IOException {
        int low = 0;
        int high = blocks.size();
        while (low < high) { // how many blocks begin at or before the offset
            int middle = (low + high) >>> 1;
            if (blocks.get(middle).source() <= source) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        OptionalLong within = low == 0 ? OptionalLong.empty() : within(blocks.get(low - 1), source);
        if (within.isPresent() || low == blocks.size()) {
            return within;
        }
        return OptionalLong.of(blocks.get(low).target());
    }

    private static OptionalLong within(Block block, long source) throws IOException {
        if (block.runs() == null) {
            long into = source - block.source();
            return into < block.length() ? OptionalLong.of(block.target() + into) : OptionalLong.empty();
        }
        NumberBuffer runs = NumberBuffer.of(block.runs().read());
        long runSource = block.source();
        long runTarget = block.target();
        while (true) {
            long length = runs.take();
            if (source < runSource + length) {
                return OptionalLong.of(runTarget + Math.max(0, source - runSource));
            }
            if (runs.isAtEnd()) {
                return OptionalLong.empty();
            }
            runSource += length + runs.take();
            runTarget += length + runs.take();
        }
    }
}
