package dev.kloset.benchmarks.measure;

import dev.kloset.internal.JsonWriter;

/**
 * How a job was measured.
 *
 * @param command the command that repeats the run
 * @param date the day of the run
 * @param missing what could not be measured, in a sentence; may be empty
 */
public record Run(Size size, String command, String date, int processors, String missing) {

    String json() {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.to(out).object();
        json.name("size").text(size.word()).name("command").text(command).name("date").text(date);
        json.name("processors").number(processors).name("missing").text(missing).endObject();
        return out.toString();
    }

    static Run of(String line) {
        JsonLine fields = JsonLine.of(line);
        return new Run(Size.of(fields.text("size")), fields.text("command"), fields.text("date"),
                (int) fields.number("processors"), fields.text("missing"));
    }

    /** {@return the sentence above the figures} */
    public String sentence() {
        return "Measured by `" + command + "` on " + date + ", " + processors + " processors."
                + (missing.isEmpty() ? "" : " " + missing);
    }
}
