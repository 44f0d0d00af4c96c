package dev.kloset.benchmarks.measure;

import dev.kloset.internal.JsonWriter;
import java.util.stream.DoubleStream;

/**
 * One measured quantity of one candidate.
 *
 * @param job what was done, in words
 * @param what the quantity, ending in its unit
 * @param curve the id of the curve that this is a point of, or nothing; within one job
 * @param size how much was done, where the point is on the curve
 */
public record Result(String job, String candidate, String what, Series series, String curve, double size) {

    public Result(String job, String candidate, String what, Series series) {
        this(job, candidate, what, series, "", 0);
    }

    public static Result of(String job, String candidate, String what, DoubleStream values) {
        return new Result(job, candidate, what, Series.of(values.toArray()));
    }

    /** {@return the result that {@link #json} wrote} */
    public static Result of(String line) {
        JsonLine fields = JsonLine.of(line);
        Result result = of(fields.text("job"), fields.text("candidate"), fields.text("what"),
                fields.numbers("values"));
        return fields.has("curve")
                ? result.on(fields.text("curve"), fields.number("size"))
                : result;
    }

    /** {@return this as a point of a curve} */
    public Result on(String curve, double size) {
        return new Result(job, candidate, what, series, curve, size);
    }

    /** {@return the result as one line of JSON} Names never contain quotation marks. */
    public String json() {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.to(out).object();
        json.name("job").text(job);
        json.name("candidate").text(candidate);
        json.name("what").text(what);
        json.name("median").number(series.median());
        json.name("values").raw(series.values().toString());
        if (!curve.isEmpty()) {
            json.name("curve").text(curve).name("size").number(size);
        }
        json.endObject();
        return out.toString();
    }
}
