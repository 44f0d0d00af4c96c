package dev.kloset.benchmarks;

import java.io.IOException;

/**
 * One start of a process.
 *
 * @param millis from exec to the first answer
 * @param processorMillis of the process until then
 * @param residentMebibytes right after the answer
 */
record Start(double millis, double processorMillis, double residentMebibytes) {

    static Start of(double millis, long pid) throws IOException {
        return new Start(millis, Usage.processorMillis(pid), Usage.residentMebibytes(pid));
    }
}
