package dev.kloset.benchmarks.hadoop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much all processes of this machine have used its processors, the cluster's too.
 *
 * @param busy what was used so far, in ticks
 * @param all what there was, used or not
 */
record Processors(long busy, long all) {

    /** The columns of {@code /proc/stat} in which nothing is done: idle, and waiting for the disk. */
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    /** What follows is counted in others already. */
    private static final int LAST = 8;

    static Processors now() throws IOException {
        return parse(Files.readString(Path.of("/proc/stat")));
    }

    static Processors parse(String text) {
        String[] words = text.lines().findFirst().orElseThrow().split(" +", -1);
        long busy = 0;
        long all = 0;
        for (int i = 1; i <= LAST; i++) {
            long ticks = Long.parseLong(words[i]);
            all += ticks;
            busy += i == IDLE || i == WAITING ? 0 : ticks;
        }
        return new Processors(busy, all);
    }

    /** {@return how much of the processors has been used since, in percent} */
    double percentSince(Processors before) {
        return 100.0 * (busy - before.busy) / Math.max(1, all - before.all);
    }
}
