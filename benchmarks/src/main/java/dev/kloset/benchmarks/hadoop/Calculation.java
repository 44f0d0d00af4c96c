package dev.kloset.benchmarks.hadoop;

import java.io.IOException;

/**
 * How far a number of workers gets with one repository, from what was measured of one: each backs up new data at the rate of the
 * measured worker, all begin at once, and each reads what the others have added since its last backup.
 *
 * @param calls how many calls a second a NameNode answers
 * @param rate of a worker, in MB/s
 * @param callsForMegabyte calls of the NameNode for each MB
 * @param callsForLock calls for the lock of another worker that is at work
 * @param stateForMegabyte kB of states for each MB
 * @param millisForState how long a worker takes to read 1 kB of the states of others
 */
record Calculation(double calls, double rate, double callsForMegabyte, double callsForLock, double stateForMegabyte,
        double millisForState) {

    static final String JOB = "calculated: many workers with one repository on HDFS";

    static final String OBJECTS = "% of the NameNode's calls for objects";
    static final String LOCKS = "s of the NameNode for locks, if all begin at once";
    static final String STATES = "% of a worker's time for states of others";
    static final String WRITTEN = "MB/s on disks, for each replica";
    static final String FULL = "hours until the list of packfiles is full";

    /** What Plakar's list of packfiles has room for: 123,361 of 64 MiB. */
    private static final double CEILING_MEGABYTES = 123_361 * 64 * 1.048576;
    private static final int CALLERS = 64;
    /** A create, a complete and a rename. */
    private static final int CALLS_OF_A_WRITE = 3;

    /**
     * {@return what was measured} Measures how many calls the NameNode answers, too.
     *
     * @param millis how long
     */
    static Calculation of(Figures figures, HdfsCluster cluster, int millis) throws IOException {
        double writes = Double.parseDouble(cluster.ask("writes " + CALLERS + " " + millis).getFirst());
        double reads = Double.parseDouble(cluster.ask("reads " + CALLERS + " " + millis).getFirst());
        figures.add("NameNode of this machine, " + CALLERS + " callers", "create, complete, rename", "calls/s",
                writes * CALLS_OF_A_WRITE);
        figures.add("NameNode of this machine, " + CALLERS + " callers", "status of a file", "calls/s", reads);
        return new Calculation(writes * CALLS_OF_A_WRITE, figures.median(Workers.RATE, Workers.ONE, "MB/s"),
                cost(figures, Workers.CALLS_FOR_MB), StoreParts.callsForLock(figures),
                cost(figures, Workers.STATE_FOR_MB), cost(figures, Workers.SECONDS_FOR_STATE));
    }

    private static double cost(Figures figures, String what) {
        return figures.median(Workers.COSTS, Workers.WORKER, what);
    }

    void report(Figures figures, int workers) {
        String who = String.format("%,d workers", workers);
        figures.add(JOB, who, OBJECTS, 100 * workers * rate * callsForMegabyte / calls);
        figures.add(JOB, who, LOCKS, callsForLock * workers * (workers - 1) / calls);
        figures.add(JOB, who, STATES, 100 * shareOfStates(workers));
        figures.add(JOB, who, WRITTEN, workers * rate);
        figures.add(JOB, who, FULL, CEILING_MEGABYTES / workers / rate / 3600);
    }

    /** {@return the time that a worker reads states of the others, as a share of all of its time} */
    private double shareOfStates(int workers) {
        double reading = (workers - 1) * rate * stateForMegabyte * millisForState / 1e3;
        return reading / (1 + reading);
    }
}
