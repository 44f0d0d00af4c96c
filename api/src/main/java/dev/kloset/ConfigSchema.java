package dev.kloset;

import dev.kloset.internal.JsonWriter;
import dev.kloset.internal.JsonWriter.Escape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the JSON schema of a configuration. It accepts what the connector accepts, in JSON's natural types: true and false and
 * numbers as such, everything else as text. JSON Schema cannot express the bounds of durations and sizes; they are in the
 * description.
 */
final class ConfigSchema {

    private final ConfigModel<?> model;

    ConfigSchema(ConfigModel<?> model) {
        this.model = model;
    }

    String text() {
        return JsonWriter.lines(tree(), Escape.PAIRS) + "\n";
    }

    /** {@return the schema as maps, lists, texts and truth values} */
    Map<String, Object> tree() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        if (!model.doc().isEmpty()) {
            schema.put("title", model.doc());
        }
        schema.put("type", "object");
        schema.put("additionalProperties", model.takesOthers());
        schema.put("required", model.settings()
                .stream()
                .filter(setting -> setting.isRequired() && setting.aliases().isEmpty())
                .map(ConfigSetting::key)
                .toList());
        schema.put("properties", properties());
        List<Object> names = model.settings()
                .stream()
                .filter(setting -> !setting.aliases().isEmpty())
                .<Object>map(ConfigSchema::oneName)
                .toList();
        if (!names.isEmpty()) {
            schema.put("allOf", names);
        }
        return schema;
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (ConfigSetting setting : model.settings()) {
            properties.put(setting.key(), property(setting));
            for (String old : setting.aliases()) {
                Map<String, Object> deprecated = property(setting);
                deprecated.put("description", "old name of " + setting.key());
                deprecated.put("deprecated", true);
                deprecated.remove("default");
                properties.put(old, deprecated);
            }
        }
        properties.putIfAbsent("location", Map.of("type", "string"));
        return properties;
    }

    private static Map<String, Object> property(ConfigSetting setting) {
        Map<String, Object> property = new LinkedHashMap<>();
        boolean number = !setting.isList() && setting.type().hasBounds() && setting.type() != SettingType.DURATION
                && setting.type() != SettingType.SIZE;
        property.put("type", type(setting));
        property.put("description", description(setting));
        if (number) {
            bounds(setting, property);
        } else if (setting.type() == SettingType.CHOICE && !setting.isList()) {
            property.put("enum", setting.words());
        } else if (setting.type() != SettingType.BOOLEAN || setting.isList()) {
            property.put("pattern", "^(?:" + SettingText.pattern(setting) + ")$");
        }
        if (setting.isSecret()) {
            property.put("format", "password");
            property.put("writeOnly", true);
        }
        setting.defaultValue()
                .ifPresent(text -> property.put("default",
                        number
                                ? new JsonWriter.Literal(text)
                                : type(setting).equals("boolean") ? SettingType.BOOLEAN.parse(text) : text));
        return property;
    }

    private static void bounds(ConfigSetting setting, Map<String, Object> property) {
        if (setting.type() != SettingType.DECIMAL || setting.min().isPresent()) {
            property.put("minimum", new JsonWriter.Literal(setting.min().orElse(smallest(setting))));
        }
        if (setting.type() != SettingType.DECIMAL || setting.max().isPresent()) {
            property.put("maximum", new JsonWriter.Literal(setting.max().orElse(largest(setting))));
        }
    }

    private static String smallest(ConfigSetting setting) {
        return Long.toString(setting.type() == SettingType.LONG ? Long.MIN_VALUE : Integer.MIN_VALUE);
    }

    private static String largest(ConfigSetting setting) {
        return Long.toString(setting.type() == SettingType.LONG ? Long.MAX_VALUE : Integer.MAX_VALUE);
    }

    private static String type(ConfigSetting setting) {
        return setting.isList() ? "string" : switch (setting.type()) {
            case BOOLEAN -> "boolean";
            case INTEGER, LONG -> "integer";
            case DECIMAL -> "number";
            default -> "string";
        };
    }

    private static String description(ConfigSetting setting) {
        String kind = SettingText.kind(setting);
        return setting.doc().isEmpty() ? kind : setting.doc() + " (" + kind + ")";
    }

    /** A user may give at most one of a setting's names, and must give exactly one if it is required. */
    private static Map<String, Object> oneName(ConfigSetting setting) {
        List<Object> ways = new ArrayList<>();
        ways.add(Map.of("required", List.of(setting.key())));
        setting.aliases().forEach(old -> ways.add(Map.of("required", List.of(old))));
        if (!setting.isRequired()) {
            ways.add(Map.of("not", Map.of("anyOf", List.copyOf(ways))));
        }
        return Map.of("oneOf", ways);
    }
}
