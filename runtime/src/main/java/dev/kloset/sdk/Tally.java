package dev.kloset.sdk;

/** How often something happened, how often it failed, and how long it took. For any number of threads. */
final class Tally {

    /**
     * What was counted up to a moment.
     *
     * @param nanos of all together; longer than the process lives if there were several at once
     */
    record Count(long number, long failed, long nanos, long longestNanos, long bytes) {}

    private long number; // this and the others: guarded by this
    private long failed;
    private long nanos;
    private long longestNanos;
    private long bytes;

    synchronized void add(long itsNanos, boolean itFailed, long itsBytes) {
        number++;
        failed += itFailed ? 1 : 0;
        nanos += itsNanos;
        longestNanos = Math.max(longestNanos, itsNanos);
        bytes += itsBytes;
    }

    synchronized Count count() {
        return new Count(number, failed, nanos, longestNanos, bytes);
    }
}
