package dev.kloset.sdk.internal.observe;

/** Counts how often something happened, how often it failed, and how long it took. For any number of threads. */
final class Tally {

    /**
     * The count up to a moment.
     *
     * @param nanos of all together; more than the process has lived if several ran at once
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
