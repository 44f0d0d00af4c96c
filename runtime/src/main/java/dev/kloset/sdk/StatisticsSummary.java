package dev.kloset.sdk;

import dev.kloset.sdk.Observer.Direction;
import dev.kloset.sdk.Observer.Wait;
import java.util.Locale;
import java.util.Map;

/** What a process has done up to a moment, in words and as JSON. */
record StatisticsSummary(String connector, long pid, long nanos, Map<String, Tally.Count> calls, long records,
        long errorRecords, long results, long errorResults, Map<Direction, Tally.Count> contents,
        long sizeDifferences, Map<Wait, Tally.Count> waits, Map<String, Long> retries) {

    private static final String START = "stats: ";
    private static final double NANOS = 1e9;

    /** {@return it as lines for a person, each beginning with "stats: ", each ended} */
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, connector + ", process " + pid + ", " + seconds(nanos));
        calls.forEach((path, call) -> line(text, "  " + path.substring(path.lastIndexOf('/') + 1) + ": "
                + number(call.number(), "call") + failed(call.failed()) + times(call)));
        if (records > 0) {
            line(text, "  " + number(records, "record") + of(errorRecords, "for an error") + ", "
                    + number(results, "result") + failed(errorResults));
        }
        contents.forEach((direction, content) -> {
            if (content.number() > 0) {
                line(text, "  " + number(content.number(), "content")
                        + (direction == Direction.TO_HOST ? " to the host" : " from the host")
                        + failed(content.failed()) + ", " + content.bytes() + " bytes" + times(content));
            }
        });
        if (sizeDifferences > 0) {
            line(text, "  " + number(sizeDifferences, "content") + " to the host with another size than announced");
        }
        waits.forEach((wait, count) -> {
            if (count.number() > 0) {
                line(text, "  waited for " + wait.words() + ": " + often(count.number()) + times(count));
            }
        });
        retries.forEach((reason, count) -> line(text, "  tried again " + often(count) + ": " + reason));
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(START).append(line).append('\n');
    }

    private static String number(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String often(long number) {
        return number == 1 ? "once" : number + " times";
    }

    private static String of(long number, String what) {
        return number == 0 ? "" : " (" + number + " " + what + ")";
    }

    private static String failed(long number) {
        return of(number, "failed");
    }

    private static String times(Tally.Count count) {
        return ", " + seconds(count.nanos()) + " together, the longest " + seconds(count.longestNanos());
    }

    private static String seconds(long nanos) {
        return decimal(nanos) + " s";
    }

    private static String decimal(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / NANOS);
    }

    /** {@return it as one JSON object on one line, ended} */
    String json() {
        StringBuilder json = new StringBuilder("{\"kloset-stats\":1,\"connector\":");
        LogLine.quoted(json, connector).append(",\"pid\":").append(pid);
        json.append(",\"seconds\":").append(decimal(nanos));
        json.append(",\"records\":").append(records).append(",\"error-records\":").append(errorRecords);
        json.append(",\"results\":").append(results).append(",\"failed-results\":").append(errorResults);
        json.append(",\"calls\":{");
        calls.forEach((path, call) -> count(json, path, call, false));
        json.append("},\"contents\":{");
        contents.forEach((direction, content) -> count(json, direction == Direction.TO_HOST ? "to-host" : "from-host",
                content, true));
        json.append("},\"size-differences\":").append(sizeDifferences).append(",\"waits\":{");
        waits.forEach((wait, count) -> count(json, wait.words(), count, false));
        json.append("},\"retries\":{");
        retries.forEach((reason, count) -> name(json, reason).append(count));
        return json.append("}}\n").toString();
    }

    private static StringBuilder name(StringBuilder json, String name) {
        if (json.charAt(json.length() - 1) != '{') {
            json.append(',');
        }
        return LogLine.quoted(json, name).append(':');
    }

    private static void count(StringBuilder json, String name, Tally.Count count, boolean withBytes) {
        name(json, name).append("{\"count\":").append(count.number()).append(",\"failed\":").append(count.failed());
        json.append(",\"seconds\":").append(decimal(count.nanos()));
        json.append(",\"longest\":").append(decimal(count.longestNanos()));
        if (withBytes) {
            json.append(",\"bytes\":").append(count.bytes());
        }
        json.append('}');
    }
}
