package dev.kloset.jdbc.layout;

import java.io.IOException;
import java.util.Map;

/** The last file of a table: how many rows it had. */
public record CheckFile(long rows) {

    /** {@return the file} */
    public String write() {
        return Json.write(Map.of("rows", rows));
    }

    /** {@return what a file says} */
    public static CheckFile read(byte[] file) throws IOException {
        return new CheckFile(new Members(Json.read(file)).number("rows"));
    }
}
