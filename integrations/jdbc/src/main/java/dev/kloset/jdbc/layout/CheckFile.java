package dev.kloset.jdbc.layout;

import dev.kloset.internal.JsonMembers;
import java.io.IOException;
import java.util.Map;

/** The last file of a table: how many rows it had. */
public record CheckFile(long rows) {

    /** {@return the file} */
    public String write() {
        return JsonMembers.write(Map.of("rows", rows));
    }

    /** {@return what a file says} */
    public static CheckFile read(byte[] file) throws IOException {
        return new CheckFile(JsonMembers.read(file).number("rows"));
    }
}
