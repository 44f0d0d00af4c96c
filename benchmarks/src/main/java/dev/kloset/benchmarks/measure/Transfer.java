package dev.kloset.benchmarks.measure;

import java.util.List;
import java.util.Scanner;

/**
 * The cost of one import, restore or piece of work on a store.
 *
 * @param items the number of records or objects
 * @param seconds the time of the work itself, without the start
 * @param processorSeconds the processor time of the plugin for the work
 * @param peakMebibytes the peak resident memory of the plugin
 * @param residentMebibytes the resident memory of the plugin afterwards
 */
public record Transfer(long items, long bytes, double seconds, double processorSeconds, double peakMebibytes,
        double residentMebibytes) {

    public static final Transfer NOTHING = new Transfer(0, 0, 0, 0, 0, 0);

    private static final double MEBIBYTE = 1 << 20;
    private static final double GIGABYTE = 1e9;

    /** {@return what {@link #line} says} */
    public static Transfer of(Scanner line) {
        return new Transfer(line.nextLong(), line.nextLong(), line.nextDouble(), line.nextDouble(), line.nextDouble(),
                line.nextDouble());
    }

    /** {@return the numbers in their order, as a program prints them that measures itself} */
    public String line() {
        return items + " " + bytes + " " + seconds + " " + processorSeconds + " " + peakMebibytes + " "
                + residentMebibytes;
    }

    /** Add the costs of every candidate to the results, per item of this name, or per byte if the name is empty. */
    public static void report(InterleavedRuns<Transfer> interleaved, List<Result> results, String job, String items) {
        if (items.isEmpty()) {
            interleaved.report(results, job, "MiB/s", m -> m.bytes() / MEBIBYTE / m.seconds());
            interleaved.report(results, job, "processor s per GB", m -> m.processorSeconds() / m.bytes() * GIGABYTE);
        } else {
            interleaved.report(results, job, items + "/s", m -> m.items() / m.seconds());
            interleaved.report(results, job, "processor µs for each", m -> m.processorSeconds() * 1e6 / m.items());
        }
        interleaved.report(results, job, "peak MiB", Transfer::peakMebibytes);
        interleaved.report(results, job, "resident MiB afterwards", Transfer::residentMebibytes);
    }
}
