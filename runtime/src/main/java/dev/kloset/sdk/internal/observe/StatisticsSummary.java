package dev.kloset.sdk.internal.observe;

import dev.kloset.internal.JsonWriter;
import dev.kloset.sdk.internal.observe.Observer.Direction;
import dev.kloset.sdk.internal.observe.Observer.Wait;
import dev.kloset.sdk.internal.version.Versions;
import java.util.Locale;
import java.util.Map;

/** What a process has done up to a moment, in words and as JSON. */
record StatisticsSummary(Versions versions, String connector, long pid, long nanos, Map<String, Tally.Count> calls,
        long records,
        long errorRecords, long results, long errorResults, Map<Direction, Tally.Count> contents,
        long sizeDifferences, Map<Wait, Tally.Count> waits, Map<String, Long> retries) {

    private static final String START = "stats: ";
    private static final double NANOS = 1e9;

    /** {@return the summary as lines for a person, each of which begins with "stats: " and has a line end} */
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, connector + ", process " + pid + ", " + seconds(nanos));
        line(text, "  " + versions.line());
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

    /** {@return the summary as one JSON object on one line, with a line end} */
    String json() {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.to(out).object();
        json.name("kloset-stats").number(1).name("connector").text(connector).name("pid").number(pid);
        json.name("plugin").value(versions.name()).name("version").value(versions.plugin());
        json.name("sdk").text(versions.sdk()).name("java").text(versions.java());
        json.name("seconds").raw(decimal(nanos));
        json.name("records").number(records).name("error-records").number(errorRecords);
        json.name("results").number(results).name("failed-results").number(errorResults);
        json.name("calls").object();
        calls.forEach((path, call) -> count(json.name(path), call).endObject());
        json.endObject().name("contents").object();
        contents.forEach((direction, content) -> count(json.name(word(direction)), content)
                .name("bytes")
                .number(content.bytes())
                .endObject());
        json.endObject().name("size-differences").number(sizeDifferences).name("waits").object();
        waits.forEach((wait, count) -> count(json.name(wait.words()), count).endObject());
        json.endObject().name("retries").object();
        retries.forEach((reason, count) -> json.name(reason).number(count));
        json.endObject().endObject();
        return out.append('\n').toString();
    }

    private static String word(Direction direction) {
        return direction == Direction.TO_HOST ? "to-host" : "from-host";
    }

    /** Begin the object of a count, and leave it open. */
    private static JsonWriter count(JsonWriter json, Tally.Count count) {
        return json.object()
                .name("count")
                .number(count.number())
                .name("failed")
                .number(count.failed())
                .name("seconds")
                .raw(decimal(count.nanos()))
                .name("longest")
                .raw(decimal(count.longestNanos()));
    }
}
