package dev.kloset.cli;

import dev.kloset.cli.copy.CopyCounts;
import dev.kloset.cli.copy.CopyListener;
import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.Json;
import dev.kloset.cli.shell.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reports on a copy: failures as they happen, on standard error, and a summary at the end. Any thread. */
final class CopySummary implements CopyListener {

    private final String source;
    private final String destination;
    private final Terminal terminal;
    private final boolean json;
    private final long start = System.nanoTime();

    CopySummary(String source, String destination, Terminal terminal, boolean json) {
        this.source = source;
        this.destination = destination;
        this.terminal = terminal;
        this.json = json;
    }

    @Override
    public void failed(String pathname, String message) {
        if (json) {
            terminal.event(Json.object().put("event", "error").put("path", pathname).put("message", message));
        } else {
            terminal.remark(HumanText.visible(pathname) + ": " + message);
        }
    }

    @Override
    public void sizeDiffers(String pathname, long announced, long read) {
        if (json) {
            terminal.event(Json.object()
                    .put("event", "sizeDiffers")
                    .put("path", pathname)
                    .put("announced", announced)
                    .put("read", read));
        } else {
            terminal.remark("kloset: " + HumanText.visible(pathname) + " was announced with "
                    + HumanText.count(announced, "byte", "bytes") + ", and read with "
                    + HumanText.count(read, "byte", "bytes")
                    + ": unless it changed meanwhile, the importer is wrong about its size or has lost a part");
        }
    }

    @Override
    public void xattrsLeftOut() {
        if (!json) {
            terminal.remark("kloset: the destination takes no extended attributes; they are left out");
        }
    }

    @Override
    public void ownersLeftOut() {
        if (!json) {
            terminal.remark(
                    "kloset: only root can keep owners: files of other users become yours, without setuid and setgid");
        }
    }

    /** Report that nothing has moved for a while. */
    void stalled(String laggard, Duration time) {
        if (json) {
            terminal.event(Json.object()
                    .put("event", "stalled")
                    .put("waitingFor", laggard)
                    .put("seconds", time.toSeconds()));
        } else {
            terminal.remark(
                    "kloset: nothing has moved for " + HumanText.duration(time) + ": waiting for the " + laggard);
        }
    }

    /** Print the summary of a copy that ran to its end. */
    void print(CopyCounts counts) throws IOException {
        terminal.print(json ? json(counts).toString() : text(counts, time()));
    }

    /** Say what is there already; in JSON the failure says it. */
    void interrupted(CopyCounts counts) {
        if (!json) {
            terminal.remark("kloset: " + text(counts, time()));
        }
    }

    private Duration time() {
        return Duration.ofNanos(Math.max(1, System.nanoTime() - start));
    }

    private static String text(CopyCounts counts, Duration time) {
        double seconds = time.toNanos() / 1e9;
        List<String> parts = new ArrayList<>();
        parts.add(HumanText.count(counts.files(), "file", "files"));
        parts.add(HumanText.count(counts.directories(), "directory", "directories"));
        addIfAny(parts, counts.symlinks(), "symbolic link", "symbolic links");
        addIfAny(parts, counts.specials(), "special file", "special files");
        addIfAny(parts, counts.xattrs(), "extended attribute", "extended attributes");
        return "Copied " + String.join(", ", parts) + "; " + HumanText.bytes(counts.bytes()) + " ("
                + HumanText.number(counts.bytes()) + " bytes) in " + HumanText.duration(time)
                + String.format(Locale.ROOT, ", %,.0f files/s, %.1f MB/s; ", counts.files() / seconds,
                        counts.bytes() / seconds / 1e6)
                + HumanText.count(counts.errors(), "error", "errors") + differences(counts.sizeDifferences());
    }

    private static String differences(long count) {
        return count == 0 ? "" : "; " + HumanText.count(count, "file", "files") + " of another size than announced";
    }

    private static void addIfAny(List<String> parts, long count, String one, String many) {
        if (count > 0) {
            parts.add(HumanText.count(count, one, many));
        }
    }

    /** {@return what is known before the copy begins} */
    Json json() {
        return Json.object().put("source", source).put("destination", destination);
    }

    /** {@return what is known while the copy runs and after it} */
    Json json(CopyCounts counts) {
        double seconds = time().toNanos() / 1e9;
        return json().put("files", counts.files())
                .put("directories", counts.directories())
                .put("symlinks", counts.symlinks())
                .put("specials", counts.specials())
                .put("xattrs", counts.xattrs())
                .put("xattrsLeftOut", counts.xattrsLeftOut())
                .put("bytes", counts.bytes())
                .put("errors", counts.errors())
                .put("sizeDifferences", counts.sizeDifferences())
                .put("seconds", seconds)
                .put("filesPerSecond", counts.files() / seconds)
                .put("bytesPerSecond", counts.bytes() / seconds);
    }
}
