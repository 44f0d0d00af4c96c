package dev.kloset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the JSON schema of a configuration. It takes what the connector takes, in JSON's natural types: true and false and
 * numbers as such, everything else as text. Only the bounds of durations and sizes are beyond JSON Schema; they stand in the
 * description.
 */
final class ConfigSchema {

    private final ConfigModel<?> model;

    ConfigSchema(ConfigModel<?> model) {
        this.model = model;
    }

    String text() {
        return JsonText.lines(tree()) + "\n";
    }

    /** {@return the schema as maps, lists, texts and truths} */
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
                .filter(setting -> setting.isRequired() && setting.formerly().isEmpty())
                .map(ConfigSetting::key)
                .toList());
        schema.put("properties", properties());
        List<Object> names = model.settings()
                .stream()
                .filter(setting -> !setting.formerly().isEmpty())
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
            for (String old : setting.formerly()) {
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
        } else if (setting.type() != SettingType.TRUTH || setting.isList()) {
            property.put("pattern", "^(?:" + SettingText.pattern(setting) + ")$");
        }
        if (setting.isSecret()) {
            property.put("format", "password");
            property.put("writeOnly", true);
        }
        setting.defaultValue()
                .ifPresent(text -> property.put("default",
                        number
                                ? new JsonText.Literal(text)
                                : type(setting).equals("boolean") ? SettingType.TRUTH.parse(text) : text));
        return property;
    }

    private static void bounds(ConfigSetting setting, Map<String, Object> property) {
        if (setting.type() != SettingType.DECIMAL || setting.min().isPresent()) {
            property.put("minimum", new JsonText.Literal(setting.min().orElse(smallest(setting))));
        }
        if (setting.type() != SettingType.DECIMAL || setting.max().isPresent()) {
            property.put("maximum", new JsonText.Literal(setting.max().orElse(largest(setting))));
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
            case TRUTH -> "boolean";
            case INTEGER, LONG -> "integer";
            case DECIMAL -> "number";
            default -> "string";
        };
    }

    private static String description(ConfigSetting setting) {
        String kind = SettingText.kind(setting);
        return setting.doc().isEmpty() ? kind : setting.doc() + " (" + kind + ")";
    }

    /** Of a setting's names at most one may be given, and exactly one if it is required. */
    private static Map<String, Object> oneName(ConfigSetting setting) {
        List<Object> ways = new ArrayList<>();
        ways.add(Map.of("required", List.of(setting.key())));
        setting.formerly().forEach(old -> ways.add(Map.of("required", List.of(old))));
        if (!setting.isRequired()) {
            ways.add(Map.of("not", Map.of("anyOf", List.copyOf(ways))));
        }
        return Map.of("oneOf", ways);
    }
}
