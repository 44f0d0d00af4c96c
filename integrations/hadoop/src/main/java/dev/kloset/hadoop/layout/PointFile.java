package dev.kloset.hadoop.layout;

import dev.kloset.internal.JsonMembers;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a backup shows.
 *
 * @param cluster where it was made
 * @param time when it began
 * @param snapshot the name of the snapshot that was read; empty if files were read as they were
 * @param directories those that were read through the snapshot
 * @param openFiles how many files of the cluster were open for writing, as far as that is known
 * @param open the first of them
 */
public record PointFile(String cluster, Instant time, String snapshot, List<String> directories, long openFiles,
        List<String> open) {

    /** Copy. */
    public PointFile {
        directories = List.copyOf(directories);
        open = List.copyOf(open);
    }

    /** {@return the file} */
    public String write() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("cluster", cluster);
        object.put("time", time.toString());
        object.put("snapshot", snapshot);
        object.put("directories", directories);
        object.put("open_files", openFiles);
        object.put("open", open);
        return JsonMembers.write(object);
    }

    /** {@return what a file says} */
    public static PointFile read(byte[] file) throws IOException {
        JsonMembers members = JsonMembers.read(file);
        try {
            return new PointFile(members.text("cluster"), Instant.parse(members.text("time")),
                    members.text("snapshot"), members.texts("directories"), members.number("open_files"),
                    members.texts("open"));
        } catch (DateTimeParseException e) {
            throw new IOException("the member \"time\" is no time: the file was changed", e);
        }
    }
}
