package dev.kloset.benchmarks;

/**
 * How something was measured.
 *
 * @param command that a reader can give
 * @param date the day
 * @param missing what could not be measured, in a sentence; may be empty
 */
record Run(Size size, String command, String date, int processors, String missing) {

    String json() {
        return "{\"size\":\"" + size.word() + "\",\"command\":\"" + command + "\",\"date\":\"" + date
                + "\",\"processors\":" + processors + ",\"missing\":\"" + missing + "\"}";
    }

    static Run of(String line) {
        Fields fields = Fields.of(line);
        return new Run(Size.of(fields.text("size")), fields.text("command"), fields.text("date"),
                Integer.parseInt(fields.text("processors")), fields.text("missing"));
    }

    /** {@return what is written above the figures} */
    String sentence() {
        return "Measured by `" + command + "` on " + date + ", " + processors + " processors."
                + (missing.isEmpty() ? "" : " " + missing);
    }
}
