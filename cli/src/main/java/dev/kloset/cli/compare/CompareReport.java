package dev.kloset.cli.compare;

import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.Json;
import dev.kloset.cli.shell.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints a comparison: differences as they are found, and the verdict at the end.
 *
 * @param most how many differences to print for people; programs get all
 */
public record CompareReport(Terminal terminal, boolean json, long most,
        List<Difference> printed) implements DifferenceListener {

    @Override
    public void differs(Difference difference) throws IOException {
        if (json) {
            print(difference, json(difference).toString());
        } else if (printed.size() < most) {
            printed.add(difference);
            print(difference, line(difference));
        }
    }

    /** Names of files are shown as they are; the message of a plugin may repeat a secret. */
    private void print(Difference difference, String line) throws IOException {
        if (difference.isMessage()) {
            terminal.print(line);
        } else {
            terminal.data(line);
        }
    }

    public static String line(Difference difference) {
        return HumanText.visible(difference.path()) + ": " + HumanText.visible(difference.words());
    }

    void finish(Verdict verdict, Duration time) throws IOException {
        if (json) {
            terminal.print(json(verdict).put("seconds", time.toNanos() / 1e9).toString());
            return;
        }
        if (verdict.count() > printed.size()) {
            terminal.print("and " + HumanText.count(verdict.count() - printed.size(), "more difference",
                    "more differences") + " (--list shows all)");
        }
        for (String line : notCompared(verdict)) {
            terminal.print(line);
        }
        terminal.print(sentence(verdict) + ", in " + HumanText.duration(time));
    }

    public static Json json(Verdict verdict) {
        Map<String, String> leftOut = new LinkedHashMap<>();
        verdict.leftOut().forEach((aspect, reason) -> leftOut.put(aspect.word(), reason));
        return Json.object()
                .put("equal", verdict.equal())
                .put("a", counts(verdict.a()))
                .put("b", counts(verdict.b()))
                .put("differences", verdict.differences())
                .put("notCompared", leftOut)
                .put("timeUnitNanos", verdict.timeUnit());
    }

    private static Json json(Difference difference) {
        return Json.object()
                .put("path", difference.path())
                .put("what", difference.what())
                .put("a", difference.a())
                .put("b", difference.b());
    }

    private static Map<String, Long> counts(Traits side) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (EntryType type : EntryType.values()) {
            counts.put(type.name().toLowerCase(Locale.ROOT), side.count(type));
        }
        counts.put("bytes", side.bytes());
        return counts;
    }

    /** {@return what was not compared, and why, in a line for each reason} */
    public static List<String> notCompared(Verdict verdict) {
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        for (Map.Entry<Aspect, String> each : verdict.leftOut().entrySet()) {
            reasons.computeIfAbsent(each.getValue(), _ -> new ArrayList<>()).add(each.getKey().word());
        }
        List<String> lines = new ArrayList<>();
        reasons.forEach(
                (reason, words) -> lines.add("not compared: " + String.join(", ", words) + " (" + reason + ")"));
        if (verdict.timeUnit() > 1 && !verdict.leftOut().containsKey(Aspect.MTIME)) {
            lines.add("times compared to "
                    + Duration.ofNanos(verdict.timeUnit()).toString().substring(2).toLowerCase(Locale.ROOT)
                    + ", the finest that one side has");
        }
        return lines;
    }

    public static String sentence(Verdict verdict) {
        if (verdict.equal()) {
            return "Equal: " + words(verdict.a());
        }
        List<String> sorts = new ArrayList<>();
        verdict.differences().forEach((what, count) -> sorts.add(HumanText.number(count) + " " + what));
        return "Different: " + HumanText.count(verdict.count(), "difference", "differences") + " ("
                + String.join(", ", sorts) + "); A has " + words(verdict.a()) + "; B has " + words(verdict.b());
    }

    public static String words(Traits side) {
        List<String> parts = new ArrayList<>();
        parts.add(HumanText.count(side.count(EntryType.FILE), "file", "files"));
        parts.add(HumanText.count(side.count(EntryType.DIRECTORY), "directory", "directories"));
        if (side.count(EntryType.SYMLINK) > 0) {
            parts.add(HumanText.count(side.count(EntryType.SYMLINK), "symbolic link", "symbolic links"));
        }
        if (side.count(EntryType.XATTR) > 0) {
            parts.add(HumanText.count(side.count(EntryType.XATTR), "extended attribute", "extended attributes"));
        }
        return String.join(", ", parts) + ", " + HumanText.bytes(side.bytes());
    }
}
