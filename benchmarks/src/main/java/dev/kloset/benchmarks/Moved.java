package dev.kloset.benchmarks;

import java.util.List;

/**
 * What one import, restore or work on a store took.
 *
 * @param items records or objects
 * @param seconds of the work itself; the start is not in it
 * @param processorSeconds of the plugin, likewise
 * @param peakMebibytes of the plugin, resident
 * @param residentMebibytes of the plugin afterwards
 */
record Moved(long items, long bytes, double seconds, double processorSeconds, double peakMebibytes,
        double residentMebibytes) {

    static final Moved NOTHING = new Moved(0, 0, 0, 0, 0, 0);

    private static final double MEBIBYTE = 1 << 20;
    private static final double GIGABYTE = 1e9;

    /** Write everybody's down: by the items of this name, or by bytes if there is no name. */
    static void report(Turns<Moved> turns, List<Result> results, String job, String items) {
        if (items.isEmpty()) {
            turns.report(results, job, "MiB/s", m -> m.bytes() / MEBIBYTE / m.seconds());
            turns.report(results, job, "processor s per GB", m -> m.processorSeconds() / m.bytes() * GIGABYTE);
        } else {
            turns.report(results, job, items + "/s", m -> m.items() / m.seconds());
            turns.report(results, job, "processor µs for each", m -> m.processorSeconds() * 1e6 / m.items());
        }
        turns.report(results, job, "peak MiB", Moved::peakMebibytes);
        turns.report(results, job, "resident MiB afterwards", Moved::residentMebibytes);
    }
}
