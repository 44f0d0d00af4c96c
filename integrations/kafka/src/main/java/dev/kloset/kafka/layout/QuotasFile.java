package dev.kloset.kafka.layout;

import dev.kloset.internal.JsonMembers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;

/** The file of the quotas: one entity a line, sorted. */
public final class QuotasFile {

    private QuotasFile() {}

    /** {@return the file} The quotas are as the cluster says them: for each entity, a number for each name of a quota. */
    public static String write(Map<ClientQuotaEntity, Map<String, Double>> quotas) {
        List<Map<String, Object>> objects = new ArrayList<>();
        quotas.forEach((entity, values) -> {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("entity", entity(entity.entries()));
            object.put("quotas", new TreeMap<>(values));
            objects.add(object);
        });
        return AclsFile.lines(objects);
    }

    private static List<Map<String, Object>> entity(Map<String, @Nullable String> entries) {
        List<Map<String, Object>> parts = new ArrayList<>();
        new TreeMap<>(entries).forEach((type, name) -> {
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("type", type);
            if (name != null) {
                part.put("name", name);
            }
            parts.add(part); // without a name it is the default of its type
        });
        return parts;
    }

    /** {@return what a file says} */
    public static Map<ClientQuotaEntity, Map<String, Double>> read(byte[] file) throws IOException {
        Map<ClientQuotaEntity, Map<String, Double>> quotas = new LinkedHashMap<>();
        for (JsonMembers line : AclsFile.objects(file)) {
            Map<String, @Nullable String> entries = new HashMap<>();
            for (JsonMembers part : line.list("entity")) {
                entries.put(part.text("type"), part.has("name") ? part.text("name") : null);
            }
            JsonMembers values = line.member("quotas");
            Map<String, Double> numbers = new LinkedHashMap<>();
            for (String name : values.object().keySet()) {
                numbers.put(name, values.fraction(name));
            }
            quotas.put(new ClientQuotaEntity(entries), numbers);
        }
        return quotas;
    }
}
