package dev.kloset.benchmarks.job;

import dev.kloset.benchmarks.measure.Usage;
import java.io.IOException;

/**
 * One start of a process.
 *
 * @param millis the time from exec to the first answer
 * @param processorMillis the processor time of the process until then
 * @param residentMebibytes the resident memory right after the answer
 */
record Start(double millis, double processorMillis, double residentMebibytes) {

    static Start of(double millis, long pid) throws IOException {
        return new Start(millis, Usage.processorMillis(pid), Usage.residentMebibytes(pid));
    }
}
