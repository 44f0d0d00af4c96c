package dev.kloset.benchmarks;

import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What one contestant reached.
 *
 * @param what the quantity, ending in its unit
 */
record Result(String job, String contestant, String what, Series series) {

    static Result of(String job, String contestant, String what, DoubleStream values) {
        return new Result(job, contestant, what, Series.of(values.toArray()));
    }

    /** {@return what {@link #json} wrote} */
    static Result of(String line) {
        Fields fields = Fields.of(line);
        return of(fields.text("job"), fields.text("contestant"), fields.text("what"),
                Stream.of(fields.text("values").split(",")).mapToDouble(Double::parseDouble));
    }

    /** {@return one line for a machine; no name has a quotation mark} */
    String json() {
        return "{\"job\":\"" + job + "\",\"contestant\":\"" + contestant + "\",\"what\":\"" + what + "\",\"median\":"
                + series.median() + ",\"values\":" + series.values() + "}";
    }
}
