package dev.kloset.cli;

import dev.kloset.cli.copy.CopyCounts;
import dev.kloset.cli.copy.CopyListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells what a copy did: failures while they happen, on standard error, and a summary at the end. Any thread. */
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
        terminal.remark(json
                ? Json.object().put("event", "error").put("path", pathname).put("message", message).toString()
                : Words.visible(pathname) + ": " + message);
    }

    @Override
    public void sizeDiffers(String pathname, long announced, long read) {
        terminal.remark(json
                ? Json.object()
                        .put("event", "sizeDiffers")
                        .put("path", pathname)
                        .put("announced", announced)
                        .put("read", read)
                        .toString()
                : "kloset: " + Words.visible(pathname) + " was announced with "
                        + Words.count(announced, "byte", "bytes") + ", and read with "
                        + Words.count(read, "byte", "bytes")
                        + ": unless it changed meanwhile, the importer is wrong about its size or has lost a part");
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

    /** Tell that nothing has moved for a while. */
    void stalled(String laggard, Duration time) {
        terminal.remark(json
                ? Json.object()
                        .put("event", "stalled")
                        .put("waitingFor", laggard)
                        .put("seconds", time.toSeconds())
                        .toString()
                : "kloset: nothing has moved for " + Words.duration(time) + ": waiting for the " + laggard);
    }

    /** Print why the copy did not even begin. */
    void printFailure(String failure) throws IOException {
        if (json) {
            terminal.print(Json.object()
                    .put("source", source)
                    .put("destination", destination)
                    .put("failure", failure)
                    .toString());
        }
    }

    /**
     * Print the summary.
     *
     * @param failure why the copy broke off, or null if it went through
     */
    void print(CopyCounts counts, @Nullable String failure) throws IOException {
        Duration time = Duration.ofNanos(Math.max(1, System.nanoTime() - start));
        terminal.print(json ? json(counts, time, failure) : text(counts, time));
    }

    private static String text(CopyCounts counts, Duration time) {
        double seconds = time.toNanos() / 1e9;
        List<String> parts = new ArrayList<>();
        parts.add(Words.count(counts.files(), "file", "files"));
        parts.add(Words.count(counts.directories(), "directory", "directories"));
        addIfAny(parts, counts.symlinks(), "symbolic link", "symbolic links");
        addIfAny(parts, counts.specials(), "special file", "special files");
        addIfAny(parts, counts.xattrs(), "extended attribute", "extended attributes");
        return "Copied " + String.join(", ", parts) + "; " + Words.bytes(counts.bytes()) + " ("
                + Words.number(counts.bytes()) + " bytes) in " + Words.duration(time)
                + String.format(Locale.ROOT, ", %,.0f files/s, %.1f MB/s; ", counts.files() / seconds,
                        counts.bytes() / seconds / 1e6)
                + Words.count(counts.errors(), "error", "errors") + differences(counts.sizeDifferences());
    }

    private static String differences(long count) {
        return count == 0 ? "" : "; " + Words.count(count, "file", "files") + " of another size than announced";
    }

    private static void addIfAny(List<String> parts, long count, String one, String many) {
        if (count > 0) {
            parts.add(Words.count(count, one, many));
        }
    }

    private String json(CopyCounts counts, Duration time, @Nullable String failure) {
        double seconds = time.toNanos() / 1e9;
        Json object = Json.object()
                .put("source", source)
                .put("destination", destination)
                .put("files", counts.files())
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
        return (failure == null ? object : object.put("failure", failure)).toString();
    }
}
