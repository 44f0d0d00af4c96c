package dev.kloset.cli;

import dev.kloset.ErrorRecord;
import dev.kloset.FileInfo;
import dev.kloset.FileMode;
import dev.kloset.FileRecord;
import dev.kloset.XattrRecord;
import dev.kloset.cli.shell.HumanText;
import dev.kloset.cli.shell.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Records as lines, for people and for programs. */
final class RecordLines {

    private static final DateTimeFormatter LOCAL_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    private RecordLines() {}

    /** {@return a line like those of {@code ls -l}, with the whole path; {@code @} marks extended attributes} */
    static String text(FileRecord file) {
        FileInfo info = file.info();
        String size = info.size() == FileInfo.UNKNOWN_SIZE ? "?" : Long.toString(info.size());
        String target = file.target().isEmpty() ? "" : " -> " + HumanText.visible(file.target());
        return String.format(Locale.ROOT, "%s%s %2d %-8s %-8s %10s %s %s%s", info.mode(),
                file.xattrNames().isEmpty() ? " " : "@", info.nlink(), owner(info.username(), info.uid()),
                owner(info.groupname(), info.gid()), size, time(info.modTime()),
                HumanText.visible(file.pathname()), target);
    }

    static String text(ErrorRecord error) {
        return HumanText.visible(error.pathname()) + ": " + error.message();
    }

    static String json(FileRecord file) {
        FileInfo info = file.info();
        Json json = Json.object()
                .put("type", type(info.mode()))
                .put("path", file.pathname())
                .put("name", info.name())
                .put("size", info.size())
                .put("mode", info.mode().toString())
                .put("modified", info.modTime().toString())
                .put("dev", Long.toUnsignedString(info.dev()))
                .put("ino", Long.toUnsignedString(info.ino()))
                .put("uid", info.uid())
                .put("gid", info.gid())
                .put("nlink", info.nlink())
                .put("user", info.username())
                .put("group", info.groupname());
        if (!file.target().isEmpty()) {
            json.put("target", file.target());
        }
        return json.put("xattrs", file.xattrNames()).toString();
    }

    static String json(XattrRecord xattr) {
        return Json.object().put("type", "xattr").put("path", xattr.pathname()).put("name", xattr.name()).toString();
    }

    static String json(ErrorRecord error) {
        return Json.object()
                .put("type", "error")
                .put("path", error.pathname())
                .put("message", error.message())
                .toString();
    }

    /** {@return the time in the local zone} Java's very first and last moments have no local time. */
    private static String time(Instant time) {
        try {
            return LOCAL_TIME.format(time);
        } catch (DateTimeException e) {
            return time.toString();
        }
    }

    private static String owner(String name, long id) {
        return name.isEmpty() ? Long.toString(id) : HumanText.visible(name);
    }

    private static String type(FileMode mode) {
        if (mode.isDirectory()) {
            return "directory";
        }
        if (mode.isSymlink()) {
            return "symlink";
        }
        return mode.isRegular() ? "file" : "special";
    }
}
