package dev.kloset.kafka.layout;

import dev.kloset.internal.JsonMembers;
import dev.kloset.internal.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The file of the access control lists: one entry a line, sorted. */
public final class AclsFile {

    private AclsFile() {}

    /** {@return the file} */
    public static String write(Collection<AclBinding> acls) {
        return lines(acls.stream().map(AclsFile::object).toList());
    }

    static String lines(List<Map<String, Object>> objects) {
        StringBuilder out = new StringBuilder();
        objects.stream().map(JsonWriter::line).sorted().forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }

    private static Map<String, Object> object(AclBinding acl) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("resource", acl.pattern().resourceType().name());
        object.put("pattern", acl.pattern().patternType().name());
        object.put("name", acl.pattern().name());
        object.put("principal", acl.entry().principal());
        object.put("host", acl.entry().host());
        object.put("operation", acl.entry().operation().name());
        object.put("permission", acl.entry().permissionType().name());
        return object;
    }

    /** {@return what a file says} */
    public static List<AclBinding> read(byte[] file) throws IOException {
        List<AclBinding> acls = new ArrayList<>();
        for (JsonMembers acl : objects(file)) {
            acls.add(new AclBinding(
                    new ResourcePattern(ResourceType.fromString(acl.text("resource")), acl.text("name"),
                            PatternType.fromString(acl.text("pattern"))),
                    new AccessControlEntry(acl.text("principal"), acl.text("host"),
                            AclOperation.fromString(acl.text("operation")),
                            AclPermissionType.fromString(acl.text("permission")))));
        }
        return acls;
    }

    static List<JsonMembers> objects(byte[] file) throws IOException {
        List<JsonMembers> objects = new ArrayList<>();
        for (String line : new String(file, StandardCharsets.UTF_8).lines().toList()) {
            if (!line.isEmpty()) {
                objects.add(JsonMembers.read(line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return objects;
    }
}
