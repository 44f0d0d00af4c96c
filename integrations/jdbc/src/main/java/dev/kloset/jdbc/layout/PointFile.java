package dev.kloset.jdbc.layout;

import dev.kloset.internal.JsonMembers;
import dev.kloset.jdbc.catalog.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first file of a snapshot: what was backed up, and what moment it shows. It has no time of the backup, so that the backups of an
 * idle database are equal; the time is that of the file.
 *
 * @param database the name of the database's kind, which knows the statements: {@code PostgreSQL}
 * @param consistency how the rows of different tables come to show one moment
 * @param facts what the database said about the moment
 * @param warnings what may not be consistent
 * @param lost objects that are not in the snapshot
 * @param tables all tables in the snapshot
 */
public record PointFile(String database, String consistency, Map<String, String> facts, List<String> warnings,
        List<String> lost, List<TableName> tables) {

    private static final long FORMAT = 1;

    public PointFile {
        facts = Map.copyOf(facts);
        warnings = List.copyOf(warnings);
        lost = List.copyOf(lost);
        tables = List.copyOf(tables);
    }

    /** {@return the file} */
    public String write() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("format", FORMAT);
        object.put("database", database);
        object.put("consistency", consistency);
        object.put("facts", new TreeMap<>(facts));
        object.put("warnings", warnings);
        object.put("lost", lost);
        object.put("tables", tables.stream().map(TableFile::name).toList());
        return JsonMembers.write(object);
    }

    /** {@return what a file says} */
    public static PointFile read(byte[] file) throws IOException {
        JsonMembers members = JsonMembers.read(file);
        if (members.number("format") != FORMAT) {
            throw new IOException("the snapshot was made by a newer version of this plugin: install that one");
        }
        List<TableName> tables = new ArrayList<>();
        for (JsonMembers table : members.list("tables")) {
            tables.add(TableFile.name(table));
        }
        return new PointFile(members.text("database"), members.text("consistency"),
                members.member("facts").strings(), members.texts("warnings"), members.texts("lost"), tables);
    }
}
