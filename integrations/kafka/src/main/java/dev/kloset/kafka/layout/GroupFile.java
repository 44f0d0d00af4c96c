package dev.kloset.kafka.layout;

import dev.kloset.internal.JsonMembers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of a group.
 *
 * @param offsets sorted by topic and partition
 */
public record GroupFile(String group, GroupKind kind, List<GroupOffset> offsets) {

    /** Sort the offsets. */
    public GroupFile {
        offsets = offsets.stream()
                .sorted(Comparator.comparing(GroupOffset::topic).thenComparingInt(GroupOffset::partition))
                .toList();
    }

    /** {@return the file} */
    public String write() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("group", group);
        object.put("kind", kind.text());
        object.put("offsets", offsets.stream().map(GroupFile::object).toList());
        return JsonMembers.write(object);
    }

    private static Map<String, Object> object(GroupOffset offset) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("topic", offset.topic());
        object.put("partition", offset.partition());
        object.put("offset", offset.offset());
        if (offset.leaderEpoch() != null) {
            object.put("epoch", offset.leaderEpoch());
        }
        object.put("metadata", offset.metadata());
        return object;
    }

    /** {@return whether a file is that of a group} Its name alone does not say so if the file is restored alone. */
    public static boolean is(byte[] file) throws IOException {
        return JsonMembers.read(file).has("group");
    }

    /** {@return what a file says} */
    public static GroupFile read(byte[] file) throws IOException {
        JsonMembers members = JsonMembers.read(file);
        List<GroupOffset> offsets = new ArrayList<>();
        for (JsonMembers offset : members.list("offsets")) {
            offsets.add(new GroupOffset(offset.text("topic"), offset.number("partition", Integer.MAX_VALUE),
                    offset.number("offset"),
                    offset.has("epoch") ? Integer.valueOf(offset.number("epoch", Integer.MAX_VALUE)) : null,
                    offset.text("metadata")));
        }
        return new GroupFile(members.text("group"), kind(members.text("kind")), offsets);
    }

    private static GroupKind kind(String text) throws IOException {
        for (GroupKind kind : GroupKind.values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw new IOException("groups of the kind \"" + text
                + "\" are unknown: the snapshot was made by a newer version of this plugin");
    }
}
