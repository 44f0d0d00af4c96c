package dev.kloset.benchmarks;

import java.util.stream.DoubleStream;

/**
 * What one contestant reached.
 *
 * @param what the quantity, ending in its unit
 */
record Result(String job, String contestant, String what, Series series) {

    static Result of(String job, String contestant, String what, DoubleStream values) {
        return new Result(job, contestant, what, Series.of(values.toArray()));
    }

    /** {@return one line for a machine; no name has a quotation mark} */
    String json() {
        return "{\"job\":\"" + job + "\",\"contestant\":\"" + contestant + "\",\"what\":\"" + what + "\",\"median\":"
                + series.median() + ",\"values\":" + series.values() + "}";
    }
}
